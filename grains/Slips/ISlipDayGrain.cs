using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Grains.Slips;

/// <summary>
/// The slips that were handed in on a day, so that they can be found, and that no operator hands in more than
/// one may. One grain per day, for all malls; the key is the day, as <c>2026-11-23</c>.
/// </summary>
public interface ISlipDayGrain : IGrainWithStringKey
{
    /// <summary>Notes a slip, once, unless its operator has reached a limit; durable when it
    /// answers.</summary>
    /// <param name="perDay">Slips of one operator in one mall, this one included.</param>
    /// <param name="amount">What they may add up to.</param>
    /// <param name="dryRun">Only answer.</param>
    Task<bool> Note(SlipNote note, int perDay, decimal amount, bool dryRun);

    /// <summary>In the order in which they came. A slip whose handing in broke off may stand here although
    /// there is none, or on the next day too.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<SlipNote>> Read();
}

/// <summary>A slip in the book of its day. Stored for ever under these short names.</summary>
/// <param name="Id">The slip's.</param>
/// <param name="By">Who handed it in.</param>
/// <param name="Amount">In the mall's currency.</param>
[GenerateSerializer, Immutable]
public sealed record SlipNote(
    [property: Id(0), JsonPropertyName("i")] string Id,
    [property: Id(1), JsonPropertyName("b")] string By,
    [property: Id(2), JsonPropertyName("m")] string Mall,
    [property: Id(3), JsonPropertyName("s")] string Store,
    [property: Id(4), JsonPropertyName("p")] decimal Amount);
