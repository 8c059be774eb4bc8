namespace MallVip.Silo.Import;

/// <summary>What a CSV file holds, the word after <c>mallvip import</c>.</summary>
public enum ImportKind
{
    /// <summary>Purchases and refunds; the map is checked for what these events need.</summary>
    Purchases,

    /// <summary>Members with opening balances and tiers.</summary>
    Members,

    /// <summary>Events of any type.</summary>
    Events,
}
