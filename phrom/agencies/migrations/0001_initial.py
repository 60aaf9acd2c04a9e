import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignInCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counter', models.CharField(max_length=260, unique=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('short_name', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('province', 'จังหวัด'), ('department', 'กรมหรือเทียบเท่า'), ('provincial_office', 'สำนักงานจังหวัด'), ('statistical_office', 'สำนักงานสถิติจังหวัด'), ('central', 'ราชการบริหารส่วนกลาง'), ('regional', 'ราชการบริหารส่วนภูมิภาค'), ('state_enterprise', 'รัฐวิสาหกิจ'), ('education', 'สถานศึกษา'), ('local_government', 'องค์กรปกครองส่วนท้องถิ่น'), ('private', 'ภาคเอกชน'), ('network', 'ภาคเครือข่าย')], max_length=30)),
                ('parent_department', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveIntegerField(default=0)),
                ('answers_survey', models.BooleanField(default=True)),
                ('head_approves', models.BooleanField(default=False)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='agencies.agency')),
            ],
            options={
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(max_length=300)),
                ('address', models.TextField(blank=True)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('letter_code', models.CharField(blank=True, max_length=40)),
                ('changed_at', models.DateTimeField()),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letterhead', to='agencies.agency')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('emblem', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('is_head', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'title'), name='post_once_in_agency')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinator', 'ผู้ประสานงานจังหวัด'), ('official', 'เจ้าหน้าที่ผู้ตอบ'), ('head', 'หัวหน้าหน่วยงาน'), ('clerk', 'เจ้าหน้าที่สารบรรณ'), ('secret_registrar', 'นายทะเบียนข้อมูลข่าวสารลับ'), ('local_clerk', 'เจ้าหน้าที่สารบรรณ อปท.'), ('local_head', 'ผู้บริหาร อปท.'), ('supporter', 'ผู้ส่งเสริม e-Document'), ('member', 'กรรมการ'), ('chair', 'ประธานกรรมการ'), ('auditor', 'ผู้ตรวจสอบ (อ่านอย่างเดียว)'), ('administrator', 'ผู้ดูแลระบบ')], max_length=40)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start'), models.UniqueConstraint(fields=('person', 'agency', 'role', 'starts_on'), name='membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=200)),
                ('role', models.CharField(choices=[('coordinator', 'ผู้ประสานงานจังหวัด'), ('official', 'เจ้าหน้าที่ผู้ตอบ'), ('head', 'หัวหน้าหน่วยงาน'), ('clerk', 'เจ้าหน้าที่สารบรรณ'), ('secret_registrar', 'นายทะเบียนข้อมูลข่าวสารลับ'), ('local_clerk', 'เจ้าหน้าที่สารบรรณ อปท.'), ('local_head', 'ผู้บริหาร อปท.'), ('supporter', 'ผู้ส่งเสริม e-Document'), ('member', 'กรรมการ'), ('chair', 'ประธานกรรมการ'), ('auditor', 'ผู้ตรวจสอบ (อ่านอย่างเดียว)'), ('administrator', 'ผู้ดูแลระบบ')], max_length=40)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_accepted', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations_sent', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='PaperTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('agenda', 'ระเบียบวาระการประชุม'), ('letter', 'หนังสือภายนอก'), ('memo', 'บันทึกข้อความ'), ('order', 'คำสั่ง'), ('minutes', 'รายงานการประชุม'), ('extract', 'คัดสำเนามติ'), ('stamped', 'หนังสือประทับตรา'), ('announcement', 'ประกาศ'), ('certificate', 'หนังสือรับรอง')], max_length=20)),
                ('file_name', models.CharField(max_length=255)),
                ('uploaded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_templates', to='agencies.agency')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('body', 'form'), name='paper_template_one_in_use'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='paper_template_withdrawn_who_and_when')],
            },
        ),
    ]
