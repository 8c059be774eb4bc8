using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;

namespace MallVip.Grains.Intake;

/// <summary>Collects the personal values of one event or registration and gives each its handle.</summary>
public sealed class PersonalValues(Pseudonym pseudonym)
{
    // Null: none. Most events have none.
    private List<PersonalValue>? _values;

    /// <summary>
    /// The handle of a value: an identity's is its own pseudonym, so that it can be recognised.
    /// </summary>
    /// <returns>Null: the value cannot be one of that kind.</returns>
    public string? Handle(string kind, string value)
    {
        if (IdentityText.IsKind(kind))
        {
            if (!IdentityText.TryParse($"{kind}:{value}", out var identity, out _))
                return null;
            value = identity.Value;
        }

        var handle = pseudonym.IdentityId(kind, value);
        (_values ??= []).Add(new(handle, kind, value));
        return handle.ToString("x32", CultureInfo.InvariantCulture);
    }

    public ImmutableArray<PersonalValue> ToImmutable() => _values is null ? [] : [.. _values];

    /// <param name="other">Somebody else, whose value is not this member's to keep; null: nobody.</param>
    /// <param name="own">What is the member's all the same.</param>
    public ImmutableArray<PersonalValue> ToImmutable(IdentityRef? other, ImmutableArray<IdentityRef> own) =>
        other is null || own.Contains(other)
            ? ToImmutable()
            : Without(other);

    private ImmutableArray<PersonalValue> Without(IdentityRef other) => _values is null
        ? [] : [.. _values.Where(value => $"{value.Handle:x32}" != other.Handle)];
}
