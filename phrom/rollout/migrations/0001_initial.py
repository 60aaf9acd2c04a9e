import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalGovernment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dla_code', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('pao', 'อบจ.'), ('city', 'เทศบาลนคร'), ('town', 'เทศบาลเมือง'), ('subdistrict', 'เทศบาลตำบล'), ('sao', 'อบต.')], max_length=20)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('district', models.CharField(blank=True, max_length=100)),
                ('district_code', models.CharField(blank=True, max_length=20)),
                ('geocode', models.CharField(blank=True, max_length=20)),
                ('size', models.CharField(blank=True, max_length=20)),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='local_government', to='agencies.agency')),
            ],
            options={
                'ordering': ['district', 'kind', 'agency__name'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('mandate', models.TextField(blank=True, max_length=2000)),
                ('handled_within_days', models.PositiveIntegerField(default=7)),
                ('active_within_days', models.PositiveIntegerField(default=30)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='agencies.agency')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='meetings.resolution')),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='programme_ends_after_start'), models.CheckConstraint(condition=models.Q(('active_within_days__gte', 1), ('handled_within_days__gte', 1)), name='programme_days_from_one'), models.UniqueConstraint(fields=('body', 'name'), name='programme_once')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('role', models.CharField(choices=[('in_charge', 'หน่วยงานรับผิดชอบ'), ('signatory', 'ผู้ลงนามในบันทึกข้อตกลง'), ('supporter', 'หน่วยงานสนับสนุน')], max_length=20)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='rollout.programme')),
            ],
            options={
                'verbose_name_plural': 'parties',
                'ordering': ['role', 'id'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'name', 'role'), name='party_once')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrolled_at', models.DateTimeField()),
                ('enrolled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('local_government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='rollout.localgovernment')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='rollout.programme')),
            ],
            options={
                'ordering': ['local_government__district', 'local_government__kind', 'local_government__agency__name'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'local_government'), name='enrolment_once')],
            },
        ),
        migrations.CreateModel(
            name='DistrictOfficer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('district', models.CharField(blank=True, max_length=100)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='district_officers', to='rollout.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'district'), name='district_officer_once')],
            },
        ),
        migrations.CreateModel(
            name='StageRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('invited', 'เชิญแล้ว'), ('joined', 'มีบัญชีแล้ว'), ('trained', 'อบรมแล้ว'), ('first_letter', 'ส่งฉบับแรกแล้ว'), ('active', 'ใช้งานจริง'), ('quiet', 'เงียบไป'), ('dropped', 'ถอนตัว')], max_length=20)),
                ('happened_on', models.DateField()),
                ('evidence', models.CharField(choices=[('letter', 'หนังสือ'), ('sign_in', 'ใบลงชื่อ'), ('visit', 'ไปเยี่ยม'), ('phone', 'โทรศัพท์'), ('other', 'อื่น ๆ')], default='other', max_length=20)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='rollout.enrolment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['happened_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SupportCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=300)),
                ('from_office', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='rollout.enrolment')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='case_answered_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='case_closed_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('from_office', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='rollout.supportcase')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('invited', 'เชิญแล้ว'), ('joined', 'มีบัญชีแล้ว'), ('trained', 'อบรมแล้ว'), ('first_letter', 'ส่งฉบับแรกแล้ว'), ('active', 'ใช้งานจริง'), ('quiet', 'เงียบไป'), ('dropped', 'ถอนตัว')], max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('by_day', models.DateField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='rollout.programme')),
            ],
            options={
                'ordering': ['by_day', 'id'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'stage', 'by_day'), name='target_once')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visit', 'ไปที่สำนักงาน'), ('online', 'ประชุมออนไลน์'), ('phone', 'โทรศัพท์'), ('training', 'อบรม')], max_length=20)),
                ('visited_on', models.DateField()),
                ('text', models.CharField(max_length=1000)),
                ('recorded_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='rollout.enrolment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-visited_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Holdback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('network', 'เครือข่ายหรืออุปกรณ์ไม่พร้อม'), ('staff', 'ไม่มีเจ้าหน้าที่รับผิดชอบ'), ('other_system', 'ใช้ระบบอื่นอยู่'), ('order', 'รอคำสั่งหรือระเบียบ'), ('signature', 'ติดขัดเรื่องลายมือชื่ออิเล็กทรอนิกส์'), ('executive', 'ผู้บริหารยังไม่เห็นชอบ'), ('other', 'เหตุอื่น')], max_length=20)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdbacks', to='rollout.enrolment')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-since', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='holdback_ends_after_start')],
            },
        ),
    ]
