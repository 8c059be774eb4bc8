using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Events;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>Puts personal values back where the state has handles, for those who may see them.</summary>
public sealed class PersonBook(IPersonStore store)
{
    /// <summary>What is shown in place of a value that was erased.</summary>
    public const string Erased = "erased";

    public async Task<MemberView> ViewAsync(
        MemberId member, MemberReading.Snapshot snapshot, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in await store.GetPersonsOfAsync(member.Value, cancellation))
            values[row.Handle.ToString("x32", CultureInfo.InvariantCulture)] = row.Value;
        await AddSharedAsync(values, snapshot.State.Identities, cancellation);
        var identities = new List<string>();
        var verified = new SortedDictionary<string, VerifiedIdentity>(StringComparer.Ordinal);
        foreach (var identity in snapshot.State.Identities)
        {
            var text = $"{identity.Kind}:{values.GetValueOrDefault(identity.Handle, Erased)}";
            identities.Add(text);
            if (snapshot.State.Verified.FirstOrDefault(one => one.Handle == identity.Handle) is { } proof)
                verified[text] = proof;
        }

        identities.Sort(StringComparer.Ordinal);
        var attributes = snapshot.State.Attributes.ToImmutableSortedDictionary(
            pair => pair.Key, pair => Text(pair.Value, values), StringComparer.Ordinal);
        return new(snapshot, [.. identities], attributes)
        {
            Verified = verified.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>What several hold lies with one of them.</summary>
    private async Task AddSharedAsync(
        Dictionary<string, string> values, ImmutableArray<IdentityRef> identities,
        CancellationToken cancellation)
    {
        foreach (var identity in identities)
        {
            if (values.ContainsKey(identity.Handle) || !IdentityText.MayBeShared(identity.Kind))
                continue;
            var handle = UInt128.Parse(
                identity.Handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (await store.GetPersonAsync(handle, cancellation) is { } row)
                values[identity.Handle] = row.Value;
        }
    }

    private static string Text(FieldValue value, Dictionary<string, string> values) => value switch
    {
        FieldValue.Text text => text.Value,
        FieldValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        FieldValue.Flag flag => flag.Value ? "true" : "false",
        FieldValue.Date { Value.Year: 4 } date => date.Value.ToString("MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Date date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldValue.Moment moment => moment.Value.ToString("O", CultureInfo.InvariantCulture),
        FieldValue.Handle handle => values.GetValueOrDefault(handle.Value, Erased),
        _ => throw new InvalidOperationException($"No text for {value.GetType().Name}."),
    };
}
