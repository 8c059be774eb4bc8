using System.Collections.Immutable;

namespace MallVip.Rules.Parking;

/// <summary>What some hours of a day cost.</summary>
/// <param name="Id">As the tariff names it.</param>
/// <param name="From">Its first minute of the day, from 0.</param>
/// <param name="To">The first minute that is not its own any more; not above <paramref name="From"/>: it runs
/// past midnight. 1440 and 0 are midnight.</param>
/// <param name="Steps">From the first minute on that is paid; the last one never ends.</param>
/// <param name="Cap">The most until another rate begins; null: no cap.</param>
public sealed record TariffRate(
    string Id, int From, int To, ImmutableArray<TariffStep> Steps, decimal? Cap)
{
    /// <summary>Minutes of a day.</summary>
    public const int Day = 1_440;

    /// <summary>Whether it is a rate of this minute of a day, and until which minute; null: it is
    /// not.</summary>
    public int? EndOf(int minute)
    {
        if (From < To)
            return minute >= From && minute < To ? To : null;
        return minute >= From ? Day : minute < To ? To : null;
    }

    /// <summary>The step of a paid minute, counted from 0.</summary>
    public TariffStep StepAt(int minute)
    {
        var end = 0;
        foreach (var step in Steps)
            if (step.Minutes is not { } length || minute < (end += length))
                return step;
        throw new InvalidOperationException($"The steps of {Id} end.");
    }
}

/// <summary>A price for blocks of minutes; a block that has begun is paid.</summary>
/// <param name="Minutes">How long the step is, in whole blocks; null: it does not end.</param>
/// <param name="Price">Of a block, in the mall's currency.</param>
/// <param name="Per">Minutes of a block.</param>
public sealed record TariffStep(int? Minutes, decimal Price, int Per);
