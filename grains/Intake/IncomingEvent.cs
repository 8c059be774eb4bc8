using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>A CloudEvent that has been read and checked, before anybody knows whose it is.</summary>
public sealed record IncomingEvent
{
    public required MallEvent Event { get; init; }

    public required IdentityText Subject { get; init; }

    /// <summary>Keyed hash of type, subject, time and data.</summary>
    public required UInt128 Content { get; init; }

    /// <summary>Identities that the event names besides its subject: they become the member's.</summary>
    public ImmutableArray<IdentityRef> Identities { get; init; } = [];

    /// <summary>Personal values that the event's data point to.</summary>
    public ImmutableArray<PersonalValue> Personal { get; init; } = [];

    /// <summary>The programme it was read by, and so is decided by.</summary>
    public required string RulesVersion { get; init; }

    /// <summary>When it was received, if it waited in the inbox since; null: now.</summary>
    public DateTimeOffset? Arrived { get; init; }

    public required EventKey Key { get; init; }

    /// <summary>A purchase's second key; none for other events.</summary>
    public required EventKey Receipt { get; init; }

    /// <summary>
    /// The member that this event enrols in a run: the first 128 bits of SHA-256(source, NUL, id).
    /// </summary>
    public MemberId EnrolledMember => MemberIds.OfEvent(Event.Source, Event.Id);

    public ImmutableArray<PersonRow> PersonsOf(MemberId owner) =>
        Personal.IsEmpty ? [] : [.. Personal.Select(value => value.OwnedBy(owner))];

    /// <param name="via">See <see cref="MemberRequest.Via"/>.</param>
    public MemberRequest ToRequest(
        MemberId member, IntakeOptions options, DateTimeOffset? clock, UInt128? via) => new()
        {
            Command = new MemberCommand.RecordEvent(Event),
            Key = Key,
            Content = Content,
            Receipt = Receipt,
            Actor = options.Actor,
            RunClock = clock,
            DryRun = options.DryRun,
            Persons = PersonsOf(member),
            Via = via,
            Arrived = Arrived,
            RulesVersion = clock is null ? RulesVersion : null,
        };
}

/// <summary>A personal value and the handle that stands for it everywhere but in the person table.</summary>
public readonly record struct PersonalValue(UInt128 Handle, string Kind, string Value)
{
    public PersonRow OwnedBy(MemberId owner) => new(Handle, owner.Value, Kind, Value);
}
