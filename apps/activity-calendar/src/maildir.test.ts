import { describeWith, pythonModule } from '../../../tools/testing/describe-with.ts';
import { Scene } from './testing/scene.ts';

const needs = [pythonModule('vobject', 'python3-vobject'), pythonModule('icalendar', 'python3-icalendar')];

const mail = (headers: readonly string[], body: string): string => `${headers.join('\n')}\n\n${body}`;

const mails: readonly [path: string, content: string][] = [
  [
    'cur/1.a:2,S',
    mail(
      [
        'Received: from x (x [10.0.0.9]) by y; Tue, 12 Mar 2024 10:00:00 +0100',
        'From: =?utf-8?q?J=C3=BCrgen?= Me <me@example.org>',
        'To: =?iso-8859-1?Q?F=FCr_Dich?= <you@example.org>',
        'Subject: =?utf-8?B?R3LDvMOfZQ==?=\tand\ttabs',
        'Date: Tue, 12 Mar 2024 10:00:00 +0100',
        'Message-ID: <1@example.org>',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
      ],
      'Gr=FC=DFe,\nme\n',
    ),
  ],
  [
    'new/2.a',
    mail(
      [
        'From: you@example.org',
        'To: me@example.org',
        'Subject: Not mine',
        'Date: Tue, 12 Mar 2024 11:00:00 +0100',
        'Message-ID: <2@example.org>',
      ],
      'x\n',
    ),
  ],
  [
    '.Sent/cur/3.a:2,S',
    mail(
      [
        'From: me@example.org',
        'To: you@example.org',
        'Subject: West',
        'Date: Tue, 12 Mar 2024 23:30:00 -0800',
        'Message-ID: <3@example.org>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary=B',
      ],
      '--B\nContent-Type: text/plain; charset=utf-8\n\nfirst part\n--B\nContent-Type: text/html\n\n<p>no</p>\n--B--\n',
    ),
  ],
  [
    '.Archive.2010/cur/4.a:2,',
    mail(
      [
        'Received: from cron (localhost [10.0.0.1]) by y; Tue, 12 Mar 2024 12:00:00 +0100',
        'From: me@example.org',
        'To: me@example.org',
        'Subject: Test report',
        'Date: Tue, 12 Mar 2024 12:00:00 +0100',
        'Message-ID: <4@example.org>',
      ],
      'ok\n',
    ),
  ],
];

describeWith(needs, 'of a Maildir', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
    for (const folder of ['', '.Sent/', '.Archive/', '.Archive.2010/']) {
      for (const name of ['cur', 'new', 'tmp']) scene.run('mkdir', ['-p', `Maildir/${folder}${name}`]);
      if (folder !== '') scene.write(`Maildir/${folder}maildirfolder`, '');
    }
    for (const [name, content] of mails) scene.write(`Maildir/${name}`, content);
  });
  afterEach(() => scene[Symbol.dispose]());

  const calendar = (...args: string[]) => scene.calendar(['maildir', 'Maildir', '--author', 'me@example.org', ...args]);

  test('the mails of one author become a calendar, with their zones', () => {
    expect(calendar('--exclude-received', '10.0.0.1', '-o', 'mails.ics')).toEqual({
      status: 0,
      out: '',
      errors: '2 of 4 mails by me@example.org: 2 added, 0 kept → mails.ics\n',
    });
    const [first, second] = scene.events('mails.ics');
    expect(first).toMatchObject({ uid: '1@example.org', end: Date.UTC(2024, 2, 12, 9) / 1000, categories: ['Mail'] });
    expect(first?.description).toContain('From: Jürgen Me <me@example.org>\nTo: Für Dich <you@example.org>');
    expect(first?.description).not.toContain('Grüße,');
    expect(second).toMatchObject({ summary: 'West', end: Date.UTC(2024, 2, 13, 7, 30) / 1000, categories: ['Sent'] });
  });

  test('--body adds the texts, --folder takes one folder, --confidential tells nothing', () => {
    calendar('--body', '--folder', 'Sent', '-o', 'mails.ics');
    expect(scene.events('mails.ics').map(({ description }) => description)).toEqual([
      expect.stringContaining('first part'),
    ]);
    calendar('--confidential', '-o', 'mails.ics');
    expect(scene.events('mails.ics').map(({ summary, description }) => [summary, description])).toEqual(
      Array.from({ length: 3 }, () => ['Mail', null]),
    );
  });

  test.each([
    ['', []],
    ['with --confidential ', ['--confidential']],
  ])('--compat maildir2ical %sgives the titles, texts, times and uids of maildir2ical', (_, args) => {
    const script = [scene.path('Maildir'), scene.path('theirs.ics'), 'me@example.org', '10.0.0.1'];
    scene.python('maildir2ical-way.py', [...script, ...args.map((arg) => arg.slice(2))]);
    expect(
      calendar('--exclude-received', '10.0.0.1', '--compat', 'maildir2ical', ...args, '-o', 'ours.ics').status,
    ).toBe(0);
    // Whether the line feed before a boundary belongs to the part or to the boundary is not for a calendar to settle.
    const told = (name: string) =>
      scene.events(name).map((event) => ({ ...event, description: event.description?.trimEnd() }));
    expect(told('theirs.ics')).toHaveLength(2);
    expect(told('ours.ics')).toEqual(told('theirs.ics'));
  });

  test('--compat maildir2ical survives mails that lack any header', () => {
    scene.write('Maildir/cur/5.a:2,', mail(['From: me@example.org', 'X-Empty:'], 'nothing\n'));
    const args = ['--compat', 'maildir2ical', '--exclude-received', '10.0.0.1'];
    calendar(...args, '-o', 'ours.ics');
    const before = scene.read('ours.ics');
    expect(before.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    calendar(...args, '-o', 'ours.ics');
    expect(scene.read('ours.ics')).toBe(before);
  });

  test('a mail that lies in two folders comes once', () => {
    scene.write('Maildir/.Archive/cur/9.a:2,S', mails[2]?.[1] ?? '');
    expect(calendar('-o', 'mails.ics')).toMatchObject({ status: 0, errors: expect.stringContaining('3 of 5 mails') });
  });
});
