/**
 * Abbreviations of zones in log dates, and what they stand for. They are ambiguous in the world (`CST`, `IST`, `BST`):
 * this is the choice that fail2ban made, so that both read the same time from a line.
 */
const byOffset: readonly (readonly [offset: string, names: string])[] = [
  ['-11:00', 'NUT SST'],
  ['-10:00', 'CKT HAST HST TAHT TKT'],
  ['-09:30', 'MART MIT'],
  ['-09:00', 'AKST GAMT GIT HADT HNY'],
  ['-08:00', 'AKDT CIST HAY HNP PST PT'],
  ['-07:00', 'HAP HNR MST PDT'],
  ['-06:00', 'CST EAST GALT HAR HNC MDT'],
  ['-05:00', 'CDT COT EASST ECT EST ET HAC HNE PET'],
  ['-04:30', 'HLV VET'],
  ['-04:00', 'AST BOT CLT COST EDT FKT GYT HAE HNA PYT'],
  ['-03:30', 'HNT NST NT'],
  ['-03:00', 'ADT ART BRT CLST FKST GFT HAA PMST PYST SRT UYT WGT'],
  ['-02:30', 'HAT NDT'],
  ['-02:00', 'BRST FNT PMDT UYST WGST'],
  ['-01:00', 'AZOT CVT EGT'],
  ['+00:00', 'EGST GMT UTC WET WT'],
  ['+01:00', 'CET DFT WAT WEDT WEST'],
  ['+02:00', 'CAT CEDT CEST EET SAST WAST'],
  ['+03:00', 'EAT EEDT EEST IDT MSK'],
  ['+03:30', 'IRST'],
  ['+04:00', 'AMT AZT GET GST KUYT MSD MUT RET SAMT SCT'],
  ['+04:30', 'AFT IRDT'],
  ['+05:00', 'AMST AQTT AZST HMT MAWT MVT PKT TFT TJT TMT UZT YEKT'],
  ['+05:30', 'SLT'],
  ['+05:45', 'NPT'],
  ['+06:00', 'ALMT BIOT BTT IOT KGT NOVT OMST YEKST'],
  ['+06:30', 'CCT MMT'],
  ['+07:00', 'CXT DAVT HOVT ICT KRAT NOVST OMSST THA WIB'],
  ['+08:00', 'ACT AWST BDT BNT CAST HKT IRKT KRAST MYT PHT SGT ULAT WITA WST'],
  ['+09:00', 'AWDT IRKST JST KST PWT TLT WDT WIT YAKT'],
  ['+09:30', 'ACST'],
  ['+10:00', 'AEST CHST PGT VLAT YAKST YAPT'],
  ['+10:30', 'ACDT LHST'],
  ['+11:00', 'AEDT LHDT MAGT NCT PONT SBT VLAST VUT'],
  ['+11:30', 'NFT'],
  ['+12:00', 'ANAST ANAT FJT GILT MAGST MHT NZST PETST PETT TVT WFT'],
  ['+13:00', 'FJST NZDT'],
];

const minutesOf = (offset: string): number =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));

/** `A` to `M` without `J` are one to twelve hours east, `N` to `Y` west, `Z` is zero. */
const military = [...'YXWVUTSRQPONZABCDEFGHIKLM'].map((name, index): [string, number] => [name, (index - 12) * 60]);

/** Minutes east of UTC by abbreviation, in upper case. */
export const zoneAbbreviations: ReadonlyMap<string, number> = new Map([
  ...military,
  ...byOffset.flatMap(([offset, names]) => names.split(' ').map((name): [string, number] => [name, minutesOf(offset)])),
]);
