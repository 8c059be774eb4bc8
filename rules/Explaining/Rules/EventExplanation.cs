using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Explaining;

/// <summary>What every rule of its type did with one event.</summary>
/// <param name="Store">Null: the event has none.</param>
/// <param name="Mall">Null: the event has none.</param>
/// <param name="Local">The event's time on the wall clock of its mall.</param>
/// <param name="Rules">In the order in which they act.</param>
public sealed record EventExplanation(
    MallEvent Event, Store? Store, Mall? Mall, DateTime Local, ImmutableArray<RuleExplanation> Rules);
