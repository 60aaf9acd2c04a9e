import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('agencies', '__first__'),
        ('committee', '0001_initial'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.TextField()),
                ('due_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_because', models.CharField(blank=True, max_length=500)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='agencies.agency')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', 'รายงานความคืบหน้า'), ('answered', 'รายงานว่าเสร็จแล้ว'), ('returned', 'ขอให้ทำเพิ่ม'), ('closed', 'ปิดเรื่อง'), ('reopened', 'เปิดเรื่องอีกครั้ง'), ('letter', 'หนังสือ'), ('letter_back', 'หนังสือไม่ถึงหรือถูกส่งคืน')], max_length=20)),
                ('text', models.TextField(blank=True)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('made_at', models.DateTimeField()),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='meetings.followup')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('year', models.PositiveIntegerField(blank=True, null=True)),
                ('held_at', models.DateTimeField()),
                ('venue', models.CharField(blank=True, max_length=500)),
                ('online_link', models.URLField(blank=True, max_length=500)),
                ('calendar_uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('calendar_sequence', models.PositiveIntegerField(default=0)),
                ('letter_number', models.CharField(blank=True, max_length=100)),
                ('letter_date', models.DateField(blank=True, null=True)),
                ('memo_number', models.CharField(blank=True, max_length=100)),
                ('invited_at', models.DateTimeField(null=True)),
                ('agenda_frozen_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=500)),
                ('agenda_frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='agencies.agency')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='committee.order')),
            ],
            options={
                'ordering': ['-held_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='meeting_number_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('year', None)), models.Q(('number__isnull', False), ('year__isnull', False)), _connector='OR'), name='meeting_number_has_its_year'), models.CheckConstraint(condition=models.Q(models.Q(('invited_at', None), ('invited_by', None)), models.Q(('invited_at__isnull', False), ('invited_by__isnull', False)), _connector='OR'), name='meeting_invited_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('agenda_frozen_at', None), ('agenda_frozen_by', None)), models.Q(('agenda_frozen_at__isnull', False), ('agenda_frozen_by__isnull', False)), _connector='OR'), name='meeting_agenda_frozen_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('opened_at', None), ('opened_by', None)), models.Q(('opened_at__isnull', False), ('opened_by__isnull', False)), _connector='OR'), name='meeting_opened_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='meeting_closed_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False)), _connector='OR'), name='meeting_cancelled_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='KeptPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('agenda', 'ระเบียบวาระการประชุม'), ('invitation', 'หนังสือเชิญประชุม'), ('minutes', 'รายงานการประชุม')], max_length=20)),
                ('content', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pdf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_papers', to='meetings.meeting')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('came', 'มาประชุม'), ('substitute', 'มาประชุมแทน'), ('leave', 'ลาประชุม'), ('absent', 'ไม่มาประชุม'), ('participant', 'ผู้เข้าร่วมประชุม')], max_length=20)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('position', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('holder_name', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.seat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='meetings.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seat'), name='attendance_once_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'participant'), ('seat', None)), models.Q(('seat__isnull', False), models.Q(('kind', 'participant'), _negated=True)), _connector='OR'), name='attendance_participants_have_no_seat')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('chair_informs', 'เรื่องประธานแจ้งที่ประชุมทราบ'), ('adoption', 'เรื่องรับรองรายงานการประชุม'), ('follow_up', 'เรื่องสืบเนื่อง'), ('information', 'เรื่องเพื่อทราบ'), ('consideration', 'เรื่องเพื่อพิจารณา'), ('other', 'เรื่องอื่น ๆ')], max_length=20)),
                ('number', models.CharField(blank=True, max_length=10)),
                ('title', models.CharField(max_length=500)),
                ('presenter', models.CharField(blank=True, max_length=300)),
                ('position', models.PositiveIntegerField()),
                ('resolves', models.BooleanField(default=True)),
                ('late_because', models.CharField(blank=True, max_length=500)),
                ('withdrawn_because', models.CharField(blank=True, max_length=500)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='meetings.agendaitem')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('frozen_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.keptpaper')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('meeting', 'number'), name='agenda_item_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='agenda_item_withdrawn_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taker', models.CharField(blank=True, max_length=200)),
                ('taker_position', models.CharField(blank=True, max_length=300)),
                ('checker', models.CharField(blank=True, max_length=200)),
                ('checker_position', models.CharField(blank=True, max_length=300)),
                ('drafted_at', models.DateTimeField()),
                ('editing_at', models.DateTimeField(null=True)),
                ('wanted_at', models.DateTimeField(null=True)),
                ('comments_until', models.DateField(null=True)),
                ('circulated_at', models.DateTimeField(null=True)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('adopted_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes_adopted', to='meetings.meeting')),
                ('circulated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('editor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='meetings.meeting')),
                ('wanted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('editing_at', None), ('editor', None)), models.Q(('editing_at__isnull', False), ('editor__isnull', False)), _connector='OR'), name='minutes_editor_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('wanted_at', None), ('wanted_by', None)), models.Q(('wanted_at__isnull', False), ('wanted_by__isnull', False)), _connector='OR'), name='minutes_wanted_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('circulated_at', None), ('circulated_by', None)), models.Q(('circulated_at__isnull', False), ('circulated_by__isnull', False)), _connector='OR'), name='minutes_circulated_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_at', None), ('adopted_by', None)), models.Q(('adopted_at__isnull', False), ('adopted_by__isnull', False)), _connector='OR'), name='minutes_adopted_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_at', None), ('adopted_in', None)), models.Q(('adopted_at__isnull', False), ('adopted_in__isnull', False)), _connector='OR'), name='minutes_adopted_in_a_meeting')],
            },
        ),
        migrations.CreateModel(
            name='MinutesComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('taken', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='meetings.minutes')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='minutes_comment_answered_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='MinutesText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('saved_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='meetings.minutes')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('minutes', 'item', 'version'), name='minutes_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('text', 'ข้อความ'), ('generated', 'จากข้อมูลในระบบ'), ('attached', 'ไฟล์แนบ')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('content', models.JSONField(blank=True, null=True)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='files.storedfile')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='meetings.agendaitem')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('coming', 'มาประชุมด้วยตนเอง'), ('substitute', 'มอบผู้แทนมาประชุม'), ('not_coming', 'ไม่สามารถมาประชุม')], max_length=20)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('position', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('replied_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='meetings.meeting')),
                ('replied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committee.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seat'), name='reply_once_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('acknowledged', 'รับทราบ'), ('agreed', 'เห็นชอบ'), ('approved', 'อนุมัติ'), ('assigned', 'มอบหมาย'), ('postponed', 'เลื่อน'), ('adopted', 'รับรอง')], max_length=20)),
                ('text', models.TextField()),
                ('due_on', models.DateField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('corrected_at', models.DateTimeField(null=True)),
                ('corrected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='meetings.agendaitem')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrected_at', None), ('corrected_by', None)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False)), _connector='OR'), name='resolution_corrected_who_and_when')],
            },
        ),
        migrations.AddField(
            model_name='followup',
            name='resolution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='meetings.resolution'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('resolution', 'agency'), name='follow_up_once_an_office'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='follow_up_answered_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='follow_up_closed_who_and_when'),
        ),
    ]
