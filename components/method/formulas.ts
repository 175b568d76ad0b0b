/** Formulas are the same in every language; their names and what they mean are in the messages. */
import type { MethodMessages } from '@/lib/core/words/method-messages';

export type FormulaId = keyof MethodMessages['formulas']['rows'];

export const FORMULAS: Readonly<Record<FormulaId, readonly string[]>> = {
  difference: [
    'p₀ = x₀ / n₀,   p₁ = x₁ / n₁,   d = p₁ − p₀',
    'SE² = max( p₀(1 − p₀)/n₀ + p₁(1 − p₁)/n₁ ,  p̄(1 − p̄)·(1/n₀ + 1/n₁) ),   p̄ = (x₀ + x₁)/(n₀ + n₁)',
  ],
  sequence: [
    'd ± c(n) · SE,   n = n₀ + n₁',
    'c(n) = √[ (1 + 1/r) · ( ln(1 + r) + 2 ln(1/α′) ) ],   r = n · ρ²',
  ],
  tuning: [
    'ρ² = ( −2 ln α′ + ln(1 − 2 ln α′) ) / N*',
    'α′ = α / (k − 1)  against the reference,   α′ = α / ( k(k − 1)/2 )  for the best',
  ],
  p: ['E = (1 + r)^(−1/2) · exp( r/(1 + r) · z²/2 ),   z = d / SE', 'p = min( 1, (k − 1) / E )'],
  lift: [
    'all θ with  (p₁ − θ·p₀)² ≤ c² · s² · ( v₁ + θ²·v₀ ),   lift = θ − 1',
    'vᵢ = pᵢ(1 − pᵢ)/nᵢ,   s² = SE² / (v₀ + v₁)',
  ],
  rate: ['( p + z²/2n ± z·√[ p(1 − p)/n + z²/4n² ] ) / ( 1 + z²/n )'],
  gate: ['nᵢ · p̄ ≥ 25   and   nᵢ · (1 − p̄) ≥ 25,   i = 0, 1'],
  planned: [
    'on the way:  α = 2%  in the formulas above,  N* = the plan’s share of the two',
    'at the plan, once:  d ± z(1 − α″/2) · SE,   α″ = 3% / (k − 1)',
  ],
  split: [
    'ln B = ln Γ(Σα) − ln Γ(Σα + N) + Σ [ ln Γ(αᵢ + Sᵢ) − ln Γ(αᵢ) ] − Σ Sᵢ · ln θᵢ,   αᵢ = 10,000 · θᵢ',
    'p = smallest 1/B of all looks so far',
  ],
};
