namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of one lot.</summary>
internal sealed class LotAccount(string wallet, long earned, bool pending)
{
    public string Wallet { get; } = wallet;

    public long Earned { get; } = earned;

    public bool Pending { get; set; } = pending;

    public long Left { get; set; } = earned;

    public long Expired { get; set; }

    /// <summary>Reversed, lapsed and short parts of all returns.</summary>
    public long TakenBack { get; set; }

    public long Lapsed { get; set; }
}
