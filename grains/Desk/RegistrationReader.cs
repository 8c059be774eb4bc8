using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Identities;

namespace MallVip.Grains.Desk;

/// <summary>A registration that is well-formed: identities in the order in which they are claimed.</summary>
public sealed record RegistrationRead(
    ImmutableArray<IdentityText> Identities, string? Mall, AttributeValues Attributes);

/// <summary>Checks a registration against the programme.</summary>
public sealed class RegistrationReader(
    EventRouter router, AttributeReader attributes, ProgrammeHost programmes)
{
    /// <summary>Null: <paramref name="refusal"/> says what is wrong.</summary>
    public RegistrationRead? Read(Registration registration, out Refusal? refusal)
    {
        var identities = ReadIdentities(registration.Identities, out refusal);
        if (registration.Mall is { } mall && !programmes.Current.Malls.ContainsKey(mall))
            refusal ??= Refusals.UnknownMall(mall);
        if (refusal is not null)
            return null;
        var values = attributes.Read(registration.Attributes, out refusal);
        return values is null ? null : new(identities, registration.Mall, values);
    }

    /// <summary>By key, so that two registrations of the same person cannot wait for each other.</summary>
    private ImmutableArray<IdentityText> ReadIdentities(ImmutableArray<string> texts, out Refusal? refusal)
    {
        refusal = texts.IsDefaultOrEmpty
            ? Refusals.InvalidIdentity("identities", "A member has at least one identity.")
            : null;
        var identities = new List<IdentityText>();
        foreach (var text in texts.IsDefault ? [] : texts)
        {
            if (!IdentityText.TryParse(text, out var identity, out var problem)
                || identity.Kind == IdentityText.Member)
                refusal ??= Refusals.InvalidIdentity("identities", problem ?? "A member id is no identity.");
            else if (!identities.Contains(identity))
                identities.Add(identity);
        }

        identities.Sort(
            (left, right) => string.CompareOrdinal(router.ToRef(left).Handle, router.ToRef(right).Handle));
        return [.. identities];
    }
}
