using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary><c>member.registered</c> and <c>member.updated</c>.</summary>
internal sealed class MemberParser(Programme programme)
{
    private const int MostIdentities = 50;

    private static readonly FieldNames Names = new("identities", "attributes", "consent", "referrer");

    public ParsedEvent Parse(ref DataReader reader)
    {
        ImmutableArray<IdentityRef> identities = [];
        var attributes = ImmutableSortedDictionary<string,
            FieldValue>.Empty.WithComparers(StringComparer.Ordinal);
        uint seen = 0;
        while (reader.NextField(Names, ref seen, out var field))
        {
            switch (field)
            {
                case 0: identities = Identities(ref reader); break;
                case 1: attributes = Attributes(ref reader); break;
                case 2: Consent(ref reader); break;
                default: _ = Identity(ref reader); break;
            }
        }

        return new(new MemberData(attributes), identities, []);
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

    // kind:value
    private static IdentityRef? Identity(ref DataReader reader)
    {
        if (reader.Text() is not { } text)
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var kind = colon > 0 ? text[..colon] : "identity";
        var handle = colon > 0 ? reader.HandleOf(kind, text[(colon + 1)..]) : null;
        if (handle is null)
            reader.Problem("INPUT_NOT_IDENTITY", kind);
        return handle is null ? null : new(kind, handle);
    }

    private static void Consent(ref DataReader reader)
    {
        if (!reader.BeginMap())
            return;
        while (reader.NextKey(out _))
            _ = reader.Flag();
    }
}
