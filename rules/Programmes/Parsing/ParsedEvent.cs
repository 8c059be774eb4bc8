using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>What parsing an event's data gives.</summary>
/// <param name="Data">Null: there are problems.</param>
/// <param name="Identities">Identities that the data names besides the subject
/// (<c>member.registered</c>).</param>
/// <param name="Problems">All at once; empty: none.</param>
public readonly record struct ParsedEvent(
    EventData? Data, ImmutableArray<IdentityRef> Identities, ImmutableArray<InputProblem> Problems);

/// <summary>
/// Gives the opaque handle of a personal value, normalised by kind (<c>phone</c>, <c>plate</c>, or the
/// field's name). Null: the value cannot be one of that kind.
/// </summary>
public delegate string? PersonalHandle(string kind, string value);
