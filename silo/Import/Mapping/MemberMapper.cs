using System.Text.Json;
using MallVip.Rules.Members;
using MallVip.Silo.Import.Maps;
using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Values;

namespace MallVip.Silo.Import.Mapping;

/// <summary>Makes <see cref="OpeningMember"/>s.</summary>
internal sealed class MemberMapper(ImportMap map, MemberMap member)
    : LineMapper(new TimeReader(map.Times), member.SharedColumns.ToArray())
{
    private static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("attributes");

    protected override void Emit(IReadOnlyList<Row> group, List<ImportLine> lines)
    {
        var enrolledAt = ReadTime(member.EnrolledAt, "enrolled");
        var json = Write(writer => WriteMember(writer, enrolledAt));
        var raw = group.Select(row => row.Raw).ToArray();
        lines.Add(new ImportLine(raw[0].Line, enrolledAt, json) { Rows = raw });
    }

    private void WriteMember(Utf8JsonWriter json, DateTimeOffset enrolledAt)
    {
        json.WriteStartObject();
        json.WriteString("id", member.Id.RenderNeeded(Scope, "id"));
        json.WriteString("source", member.Source.RenderNeeded(Scope, "source"));
        json.WriteString("enrolledAt", Rfc3339.ToText(enrolledAt));
        WriteIdentities(json);
        member.Attributes.Write(json, Attributes, Scope);
        json.WriteStartArray("wallets");
        foreach (var wallet in member.Wallets)
            WriteWallet(json, wallet);
        json.WriteEndArray();
        WriteTier(json);
        WriteTags(json);
        json.WriteEndObject();
    }

    private void WriteIdentities(Utf8JsonWriter json)
    {
        json.WriteStartArray("identities");
        var written = 0;
        foreach (var identity in member.Identities)
        {
            if (identity.Render(Scope) is not { } text)
                continue;
            json.WriteStringValue(text);
            written++;
        }
        json.WriteEndArray();
        if (written == 0)
            Scope.Fail(RejectCodes.Missing, "The member has no identity: all their columns are empty.");
    }

    private void WriteWallet(Utf8JsonWriter json, WalletMap wallet)
    {
        var lots = Scope.Group.SelectMany(row => wallet.Lots.Select(lot => ReadLot(row, lot)))
            .OfType<OpeningLot>()
            .ToArray();
        Scope.Current = Scope.Group[0];
        if (lots.Length == 0)
            return;
        json.WriteStartObject();
        json.WriteString("wallet", wallet.Name);
        json.WriteStartArray("lots");
        foreach (var lot in lots)
        {
            json.WriteStartObject();
            json.WriteNumber("amount", lot.Amount);
            WriteTime(json, "expiresAt", lot.ExpiresAt);
            WriteTime(json, "activatesAt", lot.ActivatesAt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private OpeningLot? ReadLot(Row row, LotMap lot)
    {
        Scope.Current = row;
        var text = row[lot.Amount];
        if (text.Length == 0)
            return null;
        var amount = ExactNumber.ReadWhole(text, lot.Amount.Name, Scope);
        if (amount < 0)
            Scope.Fail(RejectCodes.BadNumber,
                $"Column '{lot.Amount.Name}' holds {amount}; a lot is not below zero.");
        return amount == 0 ? null : new OpeningLot(amount, End(lot.Expires), Start(lot.Activates));
    }

    private void WriteTier(Utf8JsonWriter json)
    {
        if (member.TierId?.Render(Scope) is not { } id)
            return;
        json.WriteStartObject("tier");
        json.WriteString("id", id);
        WriteTime(json, "until", End(member.TierUntil));
        json.WriteEndObject();
    }

    private void WriteTags(Utf8JsonWriter json)
    {
        var tags = ReadTags();
        if (tags.Count == 0)
            return;
        json.WriteStartArray("tags");
        foreach (var (tag, until) in tags)
        {
            json.WriteStartObject();
            json.WriteString("tag", tag);
            WriteTime(json, "until", until);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Each once, in the order of the rows; of several ends the latest.</summary>
    private OrderedDictionary<string, DateTimeOffset?> ReadTags()
    {
        var tags = new OrderedDictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var row in Scope.Group)
        {
            Scope.Current = row;
            foreach (var named in member.Tags)
            {
                var end = End(named.Until);
                foreach (var tag in Split(named))
                    if (!tags.TryGetValue(tag, out var known) || Tags.EndsLater(end, known))
                        tags[tag] = end;
            }
        }
        Scope.Current = Scope.Group[0];
        return tags;
    }

    private string[] Split(TagMap named) => named.Tag.Render(Scope) is not { } text ? []
        : named.Split.Length == 0 ? [text]
        : text.Split(named.Split, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Lots, tiers and tags end at 24:00 of their last day.
    private DateTimeOffset? End(Template? template)
    {
        if (template?.Render(Scope) is not { } text)
            return null;
        var instant = Scope.Times.ReadEnd(text, out var fault);
        Scope.Fail(fault);
        return instant;
    }

    private DateTimeOffset? Start(Template? template)
    {
        if (template?.Render(Scope) is not { } text)
            return null;
        var instant = Scope.Times.Read(text, out var fault);
        Scope.Fail(fault);
        return instant;
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } instant)
            json.WriteString(name, Rfc3339.ToText(instant));
    }
}
