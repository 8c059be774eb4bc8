using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Events;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary><c>member.registered</c> and <c>member.updated</c>.</summary>
internal sealed class MemberParser(Programme programme)
{
    private const int MostIdentities = 50;
    private const int MostPurposes = 50;
    private const int LongestPurpose = 64;

    private static readonly FieldNames Names = new("identities", "attributes", "consent", "referrer");

    public ParsedEvent Parse(ref DataReader reader)
    {
        ImmutableArray<IdentityRef> identities = [];
        var attributes = ImmutableSortedDictionary<string,
            FieldValue>.Empty.WithComparers(StringComparer.Ordinal);
        ImmutableSortedDictionary<string, bool>? consent = null;
        IdentityRef? referrer = null;
        uint seen = 0;
        while (reader.NextField(Names, ref seen, out var field))
        {
            switch (field)
            {
                case 0: identities = Identities(ref reader); break;
                case 1: attributes = Attributes(ref reader); break;
                case 2: consent = Consent(ref reader); break;
                default: referrer = Referrer(ref reader); break;
            }
        }

        var data = new MemberData(attributes) { Consent = consent, Referrer = referrer };
        return new(data, identities, []);
    }

    private ImmutableSortedDictionary<string, FieldValue> Attributes(ref DataReader reader) =>
        reader.BeginMap()
            ? CustomParser.Fields(ref reader, programme.Attributes, required: false)
            : ImmutableSortedDictionary<string, FieldValue>.Empty;

    private static ImmutableArray<IdentityRef> Identities(ref DataReader reader)
    {
        var identities = ImmutableArray.CreateBuilder<IdentityRef>();
        if (reader.BeginList(out _))
            while (reader.NextItem(MostIdentities))
                if (Identity(ref reader) is { } identity)
                    identities.Add(identity);
        return identities.DrainToImmutable();
    }

    private static IdentityRef? Identity(ref DataReader reader) =>
        reader.Text() is { } text ? Identity(ref reader, text) : null;

    // kind:value
    private static IdentityRef? Identity(ref DataReader reader, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon > 0 ? text[..colon] : "identity";
        var handle = colon > 0 ? reader.HandleOf(kind, text[(colon + 1)..]) : null;
        if (handle is null)
            reader.Problem("INPUT_NOT_IDENTITY", kind);
        return handle is null ? null : new(kind, handle);
    }

    // A member's own id is opaque already and stands for itself.
    private static IdentityRef? Referrer(ref DataReader reader)
    {
        const string Prefix = IdentityText.Member + ":";
        if (reader.Text() is not { } text)
            return null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return Identity(ref reader, text);
        if (MemberId.TryParse(text[Prefix.Length..], out var member))
            return new(IdentityText.Member, member.Value.ToString("x32", CultureInfo.InvariantCulture));
        reader.Problem("INPUT_NOT_IDENTITY", IdentityText.Member);
        return null;
    }

    private static ImmutableSortedDictionary<string, bool>? Consent(ref DataReader reader)
    {
        var consent = ImmutableSortedDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        if (!reader.BeginMap())
            return null;
        while (reader.NextKey(out var purpose))
        {
            if (consent.ContainsKey(purpose))
                reader.Repeated(purpose);
            else if (consent.Count == MostPurposes || !IsPurpose(purpose))
                reader.WrongKey("INPUT_NOT_PURPOSE");
            else if (reader.Flag() is { } granted)
                consent.Add(purpose, granted);
        }

        return consent.Count == 0 ? null : consent.ToImmutable();
    }

    // Not free text: a purpose stands in the journal for ever and must not hold what a person said.
    private static bool IsPurpose(string text) =>
        text.Length is > 0 and <= LongestPurpose && char.IsAsciiLetter(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
