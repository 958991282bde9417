import { describeWith, type Need } from '../../../../../tools/testing/describe-with.ts';
import { type NamespaceOwner, namespacesOf } from '../../../../../tools/testing/network-namespace.ts';
import { E2eScene } from './e2e-scene.ts';

/** What a test does, on one of the kernels. */
type Body = (scene: E2eScene) => Promise<void>;

const isThere = (owner: NamespaceOwner): boolean => namespacesOf(owner).every((need) => need.isThere);

async function runOn(owner: NamespaceOwner, scene: E2eScene, body: Body): Promise<void> {
  try {
    await body(scene);
  } catch (error) {
    if (error instanceof Error) error.message = `as ${owner}: ${error.message}`;
    throw error;
  } finally {
    await scene.clear();
  }
}

/**
 * Tests on the real kernel, each of which runs twice at once: as root, where root runs the tests, and without root at all.
 *
 * @param tests what it is given runs the body of a test
 */
export function onBothKernels(
  title: string,
  needs: readonly Need[],
  tests: (each: (body: Body) => Promise<void>) => void,
): void {
  const owners = (['root', 'nobody'] as const).filter((owner) => owner === 'nobody' || isThere(owner));
  describeWith([...namespacesOf('nobody'), ...needs], `${title}, as ${owners.join(' and as ')}`, () => {
    const scenes = new Map<NamespaceOwner, E2eScene>();
    beforeAll(async () => {
      for (const owner of owners) scenes.set(owner, await E2eScene.open(owner));
    });
    afterAll(async () => {
      for (const scene of scenes.values()) await scene.close();
    });
    tests(async (body) => {
      const runs = await Promise.allSettled([...scenes].map(([owner, scene]) => runOn(owner, scene, body)));
      for (const run of runs) if (run.status === 'rejected') throw run.reason;
    });
  });
}
