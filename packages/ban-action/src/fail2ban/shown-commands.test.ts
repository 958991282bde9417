import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { backendOf, onePart, twoParts } from './testing/action-of.ts';
import { RecordingRunner } from './testing/recording-runner.ts';

describe('the commands for people', () => {
  it('are those that would run now', async () => {
    const backend = backendOf(twoParts, new RecordingRunner());
    expect(backend.startCommands()).toEqual([]);
    expect(backend.commands(ban('2001:db8::1'))).toEqual(['start six', 'ban 2001:db8::1']);
    expect(backend.commands(unban('2001:db8::1'))).toEqual([]);
    await backend.apply([ban('2001:db8::1')]);
    expect(backend.commands(ban('2001:db8::2'))).toEqual(['ban 2001:db8::2']);
    expect(backend.commands(unban('2001:db8::1'))).toEqual(['unban 2001:db8::1']);
  });

  it('of a start are there before it, and the same text once', async () => {
    const always = '[Definition]\nactionstart_on_demand = false';
    const backend = backendOf(twoParts.replace('[Definition]', always), new RecordingRunner());
    expect(backend.startCommands()).toEqual(['start four', 'start six']);
    const same = backendOf(twoParts.replace('[Definition]', always).replaceAll(' <set>', ''), new RecordingRunner());
    expect(same.startCommands()).toEqual(['start']);
  });

  it('of a ban that goes on prolong it', () => {
    const backend = backendOf(`${onePart}actionprolong = prolong <ip> <bantime>\n`, new RecordingRunner());
    const event = alreadyBanned('192.0.2.1', 60_000);
    expect(backend.commands(event)).toEqual(['prolong 192.0.2.1 60']);
    expect(backend.commands({ ...event, extended: false })).toEqual([]);
  });

  it('of a restored ban are none with norestored', () => {
    const backend = backendOf(`${onePart}norestored = 1\n`, new RecordingRunner());
    expect(backend.commands(ban('192.0.2.1', 1000, { restored: true }))).toEqual([]);
  });

  it('show values as arguments, quoted and on one line', () => {
    const backend = backendOf('[Definition]\nactionban = note \'<ip>\' "<F-USER>"\n', new RecordingRunner());
    expect(backend.commands(ban('192.0.2.1', 1, { groups: { user: "it's\u001b$(id)" } }))).toEqual([
      "sh -c $'f2bV_F_user=$0 \\nnote \\'192.0.2.1\\' \"$f2bV_F_user\"' $'it\\'s\\033$(id)'",
    ]);
  });

  it('are written, and not run, in a rehearsal of the whole life', async () => {
    const runner = new RecordingRunner();
    const written: string[] = [];
    const rehearsal = backendOf(onePart, runner).rehearse((command) => written.push(command));
    await rehearsal.start();
    const [outcome] = await rehearsal.apply([ban('192.0.2.1')]);
    await rehearsal.stop();
    expect(outcome?.ok).toBe(true);
    expect(written).toEqual(['start', 'ban 192.0.2.1', 'unban 192.0.2.1', 'stop']);
    expect(runner.take()).toEqual([]);
  });
});
