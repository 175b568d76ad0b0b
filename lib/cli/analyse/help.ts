export const HELP = `npm run -s analyse -- [FILE] [options]

Judges counts the way the pages do: a verdict that holds however often one looks.
FILE holds JSON or CSV; without it, or with -, standard input is read. The analysis is printed as JSON.

  --table                     print a table to read instead
  --reference NAME            what the others are held against (the first arm)
  --confidence-level 0.95     or --alpha 0.05
  --days 12                   days since launch; a winner needs 7. Or --started-at and --as-of (ISO, UTC)
  --unit visitors             visitors | first-visits | visits (nothing is decided on visits)
  --better higher             higher | lower
  --planned-visitors 40000    people of the whole experiment, planned before the first look: alpha is split
  --tuned-visitors 10000      people of a pair the sequence is tuned to, where nothing was planned
  --planned-effect 0.05       relative lift to plan for; decides nothing
  --smallest-effect 0.01      relative lift that matters
  --max-order-value 500       the most one order can be worth, where that is enforced
  --needed-counts 25          expected conversions and non-conversions per arm
  --split-threshold 0.01      p of the traffic split below which nothing is judged
  --help

JSON  {"days": 14, "arms": [
        {"name": "A", "visitors": 20000, "conversions": 1000, "weight": 0.5},
        {"name": "B", "visitors": 20000, "conversions": 1250, "weight": 0.5}]}
CSV   variation,visitors,conversions,weight
      A,20000,1000,0.5
      B,20000,1250,0.5

Exit: 0 printed; 2 wrong input or options (each fault on a line of standard error, nothing on standard output).
All fields, units and samples: docs/analyse.md
`;
