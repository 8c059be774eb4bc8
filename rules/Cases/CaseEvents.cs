using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Cases;

/// <summary>
/// Makes events of what cases write: <c>type</c>, <c>time</c> and, beside them, the fields of the data. They
/// pass the same parser as events from outside.
/// </summary>
internal sealed class CaseEvents(Programme programme, Findings findings)
{
    /// <summary>The type of what is no event: time passes, and what is due fires.</summary>
    public const string Passing = "time";

    // Years in which everything that follows from an event can still be counted.
    private const int FirstYear = 2000;
    private const int LastYear = 2200;

    private static readonly DateTime DefaultTime = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Unspecified);

    private readonly EventParser _parser = new(programme);
    private int _number;

    /// <summary>Null: it is wrong, and the findings say where.</summary>
    public MallEvent? Read(YamlMap map)
    {
        _number++;
        if (map.Scalar("type") is not { } type)
        {
            findings.Error(map.Place, "KEY_MISSING", "type");
            return null;
        }

        if (type.Value is Passing)
            return ReadTime(map.Scalar("time"), programme.Zone) is { } until
                ? new("case", $"{_number}", Passing, until, EmptyData.Instance)
                : null;
        return DataOf(map, type.Value) is { } data && TimeOf(map, ZoneOf(data)) is { } time
            ? new("case", $"{_number}", type.Value, time, data)
            : null;
    }

    /// <summary>What time makes nobody sends, but a case may show what it gives.</summary>
    private EventData? DataOf(YamlMap map, string type)
    {
        if (string.Equals(type, EventTypes.MemberBirthday, StringComparison.Ordinal))
            return EmptyData.Instance;
        if (string.Equals(type, EventTypes.FriendPurchased, StringComparison.Ordinal))
            return Bought(map.Scalar("paid"), map.Text("shared") is "true");
        if (string.Equals(type, EventTypes.ReceiptContested, StringComparison.Ordinal))
            return Contested(map.Text("store") ?? "", map.Text("receipt") ?? $"R{_number}");
        var parsed = _parser.Parse(type, CaseJson.Write(map, type, $"R{_number}"), Handle);
        foreach (var problem in parsed.Problems)
            findings.Add(ToFinding(problem, map));
        return parsed.Data;
    }

    private static CustomData Contested(string store, string receipt) =>
        new(ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("receipt", new FieldValue.Text(receipt)).Add("store", new FieldValue.Text(store)));

    private static CustomData Bought(YamlScalar? paid, bool isShared) =>
        new(ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("paid", new FieldValue.Number(Math.Min(Forms.ReadDecimal(paid?.Value) ?? 0, Money.Limit)))
            .Add("shared", new FieldValue.Flag(isShared)));

    /// <summary>
    /// Typed attributes as <c>member.attributes</c> of a case writes them; null: they are wrong.
    /// </summary>
    public MemberData? ReadAttributes(YamlMap attributes)
    {
        byte[] json = [.. "{\"attributes\":"u8, .. CaseJson.WriteFlat(attributes), (byte)'}'];
        var parsed = _parser.Parse(EventTypes.MemberUpdated, json, Handle);
        foreach (var problem in parsed.Problems)
            findings.Add(ToFinding(problem, attributes));
        return parsed.Data as MemberData;
    }

    /// <summary>
    /// An instant: with an offset, or mall-local (<c>2026-11-21T12:00</c>, <c>2026-11-21</c> is noon).
    /// </summary>
    public DateTimeOffset? ReadTime(YamlScalar? scalar, TimeZoneInfo zone)
    {
        if (scalar is null)
            return AtWallClock(DefaultTime, zone);
        if (Parse(scalar.Value, zone) is { Year: >= FirstYear and <= LastYear } time)
            return time;
        findings.Error(scalar.Place, "CASE_TIME", scalar.Value);
        return null;
    }

    private static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (Rfc3339.TryParse(text, out var instant))
            return instant;
        string[] forms =
            ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"];
        if (DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var local))
            return AtWallClock(local, zone);
        return Forms.ReadDay(text) is { } day ? AtWallClock(day.ToDateTime(new TimeOnly(12, 0)), zone) : null;
    }

    // Personal values of cases are their own handles: nobody real stands in a case.
    private static string Handle(string kind, string value) => $"case:{value}";

    private static DateTimeOffset AtWallClock(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.GetUtcOffset(local));

    private DateTimeOffset? TimeOf(YamlMap map, TimeZoneInfo zone) => ReadTime(map.Scalar("time"), zone);

    private TimeZoneInfo ZoneOf(EventData data)
    {
        var mall = data switch
        {
            PurchaseData purchase => programme.Stores.GetValueOrDefault(purchase.Store)?.Mall,
            RefundData refund => programme.Stores.GetValueOrDefault(refund.Store)?.Mall,
            ParkingData parking => programme.ParkingLots.GetValueOrDefault(parking.Lot)?.Mall,
            VisitData visit => programme.Malls.GetValueOrDefault(visit.Mall),
            _ => null,
        };
        return mall?.Zone ?? programme.Zone;
    }

    private static Diagnostic ToFinding(InputProblem problem, YamlMap map)
    {
        var finding = new Diagnostic(problem.Code, CaseJson.PlaceOf(map, problem.Path), problem.Args);
        return problem.Meant is null
            ? finding
            : finding with { HintCode = "HINT_DID_YOU_MEAN", HintArgs = [problem.Meant] };
    }
}
