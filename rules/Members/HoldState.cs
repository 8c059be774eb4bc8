using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>Points set aside for a spend that is about to come. They stay in their lots.</summary>
/// <param name="Until">The first instant at which they are free again.</param>
/// <param name="Reason">What for; null: was not said.</param>
public sealed record HoldState(
    string Id, string Wallet, Points Amount, DateTimeOffset Until, string? Reason);
