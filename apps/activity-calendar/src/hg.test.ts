import { describeWith, program, pythonModule } from '../../../tools/testing/describe-with.ts';
import { Scene } from './testing/scene.ts';

describeWith(
  [program('hg', 'mercurial'), pythonModule('vobject', 'python3-vobject')],
  'of a Mercurial repository',
  () => {
    test('the commits of one author become a calendar', () => {
      const scene = new Scene();
      scene.run('hg', ['init', 'project']);
      for (const [user, message, date] of [
        ['Me <me@example.org>', 'First', '2024-03-12 10:00 +0100'],
        ['You <you@example.org>', 'Not mine', '2024-03-12 11:00 +0100'],
        ['Me <me@example.org>', 'Second\n\nwith more', '2024-03-13 10:00 -0500'],
      ] as const) {
        scene.write('project/file', message);
        scene.run('hg', ['-R', 'project', 'commit', '-q', '-A', '-u', user, '-m', message, '-d', date]);
      }
      expect(scene.calendar(['hg', 'project', '--author', 'Me', '-o', 'work.ics'])).toMatchObject({
        status: 0,
        errors: '2 of 3 commits by Me: 2 added, 0 kept → work.ics\n',
      });
      expect(scene.events('work.ics')).toEqual([
        expect.objectContaining({
          summary: 'First',
          end: Date.UTC(2024, 2, 12, 9) / 1000,
          uid: expect.stringMatching(/^[0-9a-f]{40}@hg$/),
        }),
        expect.objectContaining({
          summary: 'Second',
          end: Date.UTC(2024, 2, 13, 15) / 1000,
          description: 'Me\n\nSecond\n\nwith more',
        }),
      ]);
      scene[Symbol.dispose]();
    });
  },
);
