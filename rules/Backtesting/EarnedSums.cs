using MallVip.Rules.Facts;

namespace MallVip.Rules.Backtesting;

/// <summary>Where points come from, as far as a back-test tells them apart. Empty: none.</summary>
internal readonly record struct EarnedKey(
    string Wallet, string Rule, string Store, string Tier, Funding? Funding);

/// <summary>Points of one origin on both sides.</summary>
internal sealed class EarnedSums
{
    public SideSums Before { get; } = new();

    public SideSums After { get; } = new();

    public SideSums Of(bool isAfter) => isAfter ? After : Before;

    /// <summary>Points of one origin on one side.</summary>
    public sealed class SideSums
    {
        public long Issued { get; set; }

        public long Returned { get; set; }

        /// <summary>How many lines were issued.</summary>
        public long Times { get; set; }

        public void Add(SideSums other)
        {
            Issued += other.Issued;
            Returned += other.Returned;
            Times += other.Times;
        }
    }
}
