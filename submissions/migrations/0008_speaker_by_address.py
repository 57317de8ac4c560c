from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_outbox")]

    operations = [
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(Lower("email"), name="speaker_by_address"),
        ),
    ]
