using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Grains.Slips;

/// <summary>Where a slip stands. Stored under these names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SlipStatus>))]
public enum SlipStatus
{
    /// <summary>Another operator must approve it.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,
    /// <summary>The member is being told.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,
    /// <summary>The member has the purchase.</summary>
    [JsonStringEnumMemberName("recorded")]
    Recorded,
    /// <summary>A till has sent the receipt in the meantime.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,
    /// <summary>The member does not take it.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
    [JsonStringEnumMemberName("declined")]
    Declined,
}

/// <summary>The slips of one receipt, the latest last, folded from their facts.</summary>
public sealed record SlipState(ImmutableArray<Slip> Slips)
{
    public static SlipState Empty { get; } = new([]);

    /// <summary>The latest; null: there was none.</summary>
    public Slip? Latest => Slips.IsEmpty ? null : Slips[^1];

    /// <summary>The state with one more fact.</summary>
    public SlipState Apply(SlipFact fact) => fact switch
    {
        SlipFact.HandedIn slip => new(Slips.Add(new(slip))),
        _ => new(Slips.SetItem(Slips.Length - 1, Slips[^1].Apply(fact))),
    };
}

/// <summary>One slip and what has become of it.</summary>
public sealed record Slip(SlipFact.HandedIn HandedIn)
{
    /// <summary>Who declines what nobody has approved in time.</summary>
    public const string Clock = "clock";

    public SlipStatus Status { get; init; } = HandedIn.Alone ? SlipStatus.Approved : SlipStatus.Waiting;

    /// <summary>Null: nobody.</summary>
    public string? ApprovedBy { get; init; } = HandedIn.Alone ? HandedIn.By : null;

    public SlipFact.Declined? Declined { get; init; }

    /// <summary>Null: the member has not been asked.</summary>
    public SlipFact.Ended? Ended { get; init; }

    /// <summary>It waits or is on its way to its member.</summary>
    public bool IsOpen => Status is SlipStatus.Waiting or SlipStatus.Approved;

    /// <summary>Who stands as the actor in the member's entry.</summary>
    public string Actor => ApprovedBy == HandedIn.By ? HandedIn.By : $"{HandedIn.By}+{ApprovedBy}";

    /// <summary>The slip with one more fact.</summary>
    public Slip Apply(SlipFact fact) => fact switch
    {
        SlipFact.Approved approved => this with { Status = SlipStatus.Approved, ApprovedBy = approved.By },
        SlipFact.Declined declined => this with { Status = SlipStatus.Declined, Declined = declined },
        SlipFact.Ended ended => this with { Status = ended.Status, Ended = ended },
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    /// <param name="id">The slip's.</param>
    public SlipView ToView(string id) => new()
    {
        Id = id,
        Status = Status,
        By = HandedIn.By,
        Member = Ended?.Member ?? HandedIn.Member,
        Event = HandedIn.Event,
        Photo = HandedIn.Photo,
        Note = HandedIn.Note,
        At = HandedIn.At,
        Until = HandedIn.Until,
        ApprovedBy = ApprovedBy,
        DeclinedBy = Declined?.By,
        Because = Declined?.Reason,
        Code = Ended?.Code,
        Detail = Ended?.Detail,
        Entry = Ended?.Entry ?? 0,
        Day = HandedIn.Day,
    };
}
