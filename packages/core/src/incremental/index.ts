export { Derived, DerivedMap, type Keep } from './derived-map.ts';
export { addTo, GatheredMap, keepPieces, type Pieces } from './gather.ts';
export { InputMap } from './input-map.ts';
export { ListedMap } from './listed-map.ts';
export { RecordedAnalysis } from './recorded-analysis.ts';
export { RecordedDesign } from './recorded-design.ts';
export { RecordedMap } from './recorded-map.ts';
export { type Cell, isCurrent, type Recorded, Recorder } from './recorder.ts';
export { keepData, keepEach, keepItems, keepMembers, sameData, sameFields, sameItems, sameMembers } from './same.ts';
