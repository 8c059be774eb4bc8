namespace MallVip.Rules.Parking;

/// <summary>What makes parking time free.</summary>
public abstract record ParkingEntitlement
{
    private ParkingEntitlement()
    {
    }

    /// <summary>Its kind in a word, as fees and answers name it.</summary>
    public abstract string Source { get; }

    /// <summary>Free minutes a day for members of exactly this tier, in all malls together.</summary>
    public sealed record OfTier(string Tier, int Minutes) : ParkingEntitlement
    {
        public const string Word = "tier";

        public override string Source => Word;
    }

    /// <summary>Free minutes for what was spent on the day in the lot's mall, returns taken off.</summary>
    /// <param name="Amount">Each full amount counts.</param>
    /// <param name="Minutes">What each brings.</param>
    /// <param name="Most">A day; null: no end.</param>
    public sealed record OfSpend(decimal Amount, int Minutes, int? Most) : ParkingEntitlement
    {
        public const string Word = "spend";

        public override string Source => Word;
    }

    /// <summary>Minutes for points, which the member asks for.</summary>
    /// <param name="Points">Each time.</param>
    /// <param name="Minutes">What they bring.</param>
    /// <param name="Most">In one payment; null: no end.</param>
    /// <param name="Wallet">Whose points.</param>
    public sealed record OfPoints(long Points, int Minutes, int? Most, string Wallet) : ParkingEntitlement
    {
        public const string Word = "points";

        public override string Source => Word;
    }

    /// <summary>A parking coupon that the member presents.</summary>
    public sealed record OfCoupon : ParkingEntitlement
    {
        public const string Word = "coupon";

        public override string Source => Word;
    }

    /// <summary>What the staff gave the visit.</summary>
    public sealed record OfGrant : ParkingEntitlement
    {
        public const string Word = "grant";

        public override string Source => Word;
    }
}
