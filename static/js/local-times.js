/* Shows the times of a programme in the visitor's zone and back, at the press of a button.

   Reads <time datetime data-local-time="time|time-zone|full">, written by components/time.html, and the
   button of components/zone_note.html. Only the text of a time changes: sessions and days stay where the
   meeting put them, and a time that falls on another day there says so. */

const REMEMBERED = "conjunction-local-times";
const times = Array.from(document.querySelectorAll("time[data-local-time]"), (element) => ({
  element,
  inMeeting: element.textContent,
  at: new Date(element.dateTime),
  meetingDay: element.dateTime.slice(0, 10),
}));
const note = document.querySelector("[data-zone-note]");
const button = document.querySelector("[data-zone-switch]");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang;

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const clockAndZone = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short" });
const isoDay = new Intl.DateTimeFormat("sv", { year: "numeric", month: "2-digit", day: "2-digit" });

function inVisitorsZone({ element, at, meetingDay }) {
  const form = element.dataset.localTime;
  if (form === "full") return `${day.format(at)}, ${clockAndZone.format(at)}`;
  const text = (form === "time-zone" ? clockAndZone : clock).format(at);
  return isoDay.format(at) === meetingDay ? text : `${text} ${weekday.format(at)}`;
}

function show(local) {
  for (const time of times) {
    time.element.textContent = local ? inVisitorsZone(time) : time.inMeeting;
  }
  button.dataset.showing = local ? "local" : "meeting";
  button.textContent = local ? button.dataset.toMeeting : button.dataset.toLocal;
  note.textContent = local ? button.dataset.localNote.replace("ZONE", zone) : note.dataset.inMeeting;
}

function remember(local) {
  try {
    localStorage.setItem(REMEMBERED, local ? "yes" : "");
  } catch {
    /* Storage may be switched off; then the choice lasts for this page. */
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "yes";
  } catch {
    return false;
  }
}

if (button && note) {
  note.dataset.inMeeting = note.textContent;
  button.hidden = false;
  show(remembered());
  button.addEventListener("click", () => {
    const local = button.dataset.showing === "meeting";
    remember(local);
    show(local);
  });
}
