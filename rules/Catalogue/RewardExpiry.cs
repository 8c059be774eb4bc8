namespace MallVip.Rules.Catalogue;

/// <summary>What becomes of the points of an order that nobody picks up.</summary>
public enum RewardExpiry
{
    /// <summary>They are the member's again.</summary>
    GiveBack,
    /// <summary>They are spent.</summary>
    Forfeit,
}
