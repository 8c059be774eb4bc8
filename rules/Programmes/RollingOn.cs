namespace MallVip.Rules.Programmes;

/// <summary>What lets all points of a wallet last as long as if they were earned on that day.</summary>
public enum RollingOn
{
    /// <summary>That rules earn points of the wallet.</summary>
    Earning,

    /// <summary>That, and any purchase, also one that earns nothing.</summary>
    Purchase,
}
