// Property tests make the same cases in every run, so that a run says something about the change and not about chance.
// Others: `SYSD_SEED=7 npx vitest run …`.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.SYSD_SEED ?? 20_261_128) });
