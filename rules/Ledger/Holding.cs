using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Ledger;

/// <summary>Points that are set aside.</summary>
public static class Holding
{
    /// <summary>The longest that points may be held.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How many holds of a member may be open.</summary>
    public const int Most = 100;

    internal static Fact.HoldEnded End(HoldState hold, string cause) =>
        new(hold.Id, hold.Wallet, hold.Amount, cause);
}
