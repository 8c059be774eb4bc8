using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>What was done in the recorded history and could not be under the programme that is
/// tried.</summary>
/// <param name="Entry">The number of the entry within the member.</param>
/// <param name="Code">Why, as the API would say.</param>
/// <param name="Wallet">Null: it was not about points.</param>
/// <param name="Points">Points that were spent, held or given then and are not there.</param>
public readonly record struct Shortfall(long Entry, string Code, string? Wallet, Points Points);
