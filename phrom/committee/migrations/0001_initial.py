import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('year', models.PositiveIntegerField()),
                ('issued_on', models.DateField()),
                ('effective_on', models.DateField()),
                ('title', models.CharField(max_length=500)),
                ('chair_post', models.CharField(max_length=300)),
                ('composition', models.TextField(blank=True)),
                ('seat_count', models.PositiveIntegerField(null=True)),
                ('quorum', models.CharField(choices=[('half', 'อย่างน้อยกึ่งหนึ่ง'), ('more_than_half', 'เกินกึ่งหนึ่ง')], default='half', max_length=20)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('recorded_at', models.DateTimeField()),
                ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='committee.order')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='agencies.agency')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='files.storedfile')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='committee.order')),
            ],
            options={
                'ordering': ['-issued_on'],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='order_number_once_a_year'), models.CheckConstraint(condition=models.Q(('replaces', None), ('amends', None), _connector='OR'), name='order_replaces_or_amends')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('precedence', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('category', models.CharField(choices=[('central', 'ราชการบริหารส่วนกลาง'), ('regional', 'ราชการบริหารส่วนภูมิภาค'), ('state_enterprise', 'รัฐวิสาหกิจ'), ('education', 'สถานศึกษา'), ('local_government', 'องค์กรปกครองส่วนท้องถิ่น'), ('private', 'ภาคเอกชน'), ('network', 'ภาคเครือข่าย')], max_length=20)),
                ('role', models.CharField(choices=[('chair', 'ประธานกรรมการ'), ('vice_chair', 'รองประธานกรรมการ'), ('member', 'กรรมการ'), ('member_secretary', 'กรรมการและเลขานุการ'), ('member_assistant', 'กรรมการและผู้ช่วยเลขานุการ'), ('assistant_secretary', 'ผู้ช่วยเลขานุการ')], default='member', max_length=20)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='agencies.agency')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_seats', to='committee.order')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='committee.order')),
            ],
            options={
                'ordering': ['precedence', 'id'],
                'constraints': [models.UniqueConstraint(fields=('order', 'precedence'), name='seat_precedence_once_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Holder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('end_recorded_at', models.DateTimeField(null=True)),
                ('end_recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats_held', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='committee.seat')),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='holder_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('end_recorded_at', None), ('end_recorded_by', None)), models.Q(('end_recorded_at__isnull', False), ('end_recorded_by__isnull', False)), _connector='OR'), name='holder_end_recorded_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('position', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('end_recorded_at', models.DateTimeField(null=True)),
                ('end_recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to='committee.seat')),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='substitution_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('end_recorded_at', None), ('end_recorded_by', None)), models.Q(('end_recorded_at__isnull', False), ('end_recorded_by__isnull', False)), _connector='OR'), name='substitution_end_recorded_who_and_when')],
            },
        ),
    ]
