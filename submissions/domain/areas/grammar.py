"""Everyday words that shape a phrase without naming an area; all sets hold folded words."""

from typing import Final

from submissions.domain.areas.folding import fold_word


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words.split())


ARTICLES: Final = _folded("the a an")

# Where one noun phrase ends and another begins.
BOUNDARIES: Final = ARTICLES | _folded(
    "of in on at by for from to with within without using via through into between among "
    "around near across during over under about as via towards toward than since until per i "
    "we you they it he she my our your their its his her this that these those which who "
    "whose where when how why what is are was were be been being am do does did doing have "
    "has had having can could will would should may might must use used uses using apply "
    "applied applying applies study studies studying studied work works working interested "
    "find finding train trained develop developed developing improve improving "
    "understand understanding build building explore exploring detect detecting classify "
    "classifying predict predicting infer inferring learn estimate estimating measure "
    "measuring characterise characterising identify identifying including include includes "
    "such especially particularly mainly mostly e.g eg ie etc but if so also then not no none "
    "never nor neither only just w mit de des du la le les der die das fur von zur zum avec "
    "pour"
)

# What follows one of these is not what the talk is about.
NEGATIONS: Final = _folded("no not without non except excluding never neither nor")

# Words that add nothing to the area named beside them.
PLAIN: Final = _folded(
    "method technique approach algorithm tool toolkit analysis data study research science "
    "theory theoretical application applied problem challenge topic field area subject "
    "keyword category model modelling observation observational observing image imaging "
    "imagery source object system signal population sample property phenomenon process "
    "processing event physics physical astronomy astronomical astrophysics astrophysical "
    "scientific new novel modern advanced recent future large small big massive wide broad "
    "deep large-scale scale high low fast rapid automated automatic general multiple various "
    "different several many other all any both based driven aided assisted enabled informed "
    "guided inspired related specific type types kind main primary secondary multi "
    "architecture framework work talk project paper results learning experiment experimental "
    "mission instrument wavelength band survey regime domain statistical computational "
    "numerical characterisation characterization measurement investigation exploration "
    "discovery formalism e g i s hd 1d 2d 3d d et al"
)
