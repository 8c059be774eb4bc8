using System.Runtime.InteropServices;
using System.Text.Json;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>
/// Makes typed data of an event's JSON, as its type demands: required and unknown fields, ranges, sizes,
/// money from the token's text, personal values as handles. Never throws for what was sent. For any number of
/// threads.
/// </summary>
public sealed class EventParser(Programme programme)
{
    private readonly MemberParser _members = new(programme);
    private readonly CustomParser _custom = new(programme);

    /// <summary>Reads the <c>data</c> of an event.</summary>
    /// <param name="type">The CloudEvents <c>type</c>.</param>
    /// <param name="data">UTF-8 JSON of the <c>data</c> attribute alone.</param>
    /// <param name="handles">Gives the handles of personal values.</param>
    public ParsedEvent Parse(string type, ReadOnlySpan<byte> data, PersonalHandle handles)
    {
        if (!IsKnown(type))
            return Refused(
                new("type", "INPUT_TYPE_UNKNOWN", [type]) { Meant = Nearest.To(type, KnownTypes()) });
        var reader = new DataReader(data, handles);
        try
        {
            if (!reader.Read() || !reader.BeginMap())
                return new(null, [], reader.Problems);
            var parsed = ParseMap(type, ref reader);
            if (reader.Read())
                reader.Problem("INPUT_JSON", "more than one value");
            return reader.HasProblems ? new(null, [], reader.Problems) : parsed;
        }
        catch (JsonException exception)
        {
            return Refused(new("data", "INPUT_JSON", [Place(exception)]));
        }
    }

    /// <summary>Reads data that stands in a parsed document.</summary>
    public ParsedEvent Parse(string type, JsonElement data, PersonalHandle handles) =>
        Parse(type, JsonMarshal.GetRawUtf8Value(data), handles);

    /// <summary>Whether events of this type may be sent.</summary>
    public bool IsKnown(string type) =>
        !KnownEvents.Made.Contains(type) &&
        (KnownEvents.BuiltIn.Contains(type) || programme.EventTypes.ContainsKey(type));

    private ParsedEvent ParseMap(string type, ref DataReader reader) => type switch
    {
        EventTypes.Purchase => Of(PurchaseParser.Purchase(ref reader)),
        EventTypes.Refund => Of(PurchaseParser.Refund(ref reader)),
        EventTypes.ParkingEntry or EventTypes.ParkingExit => Of(SimpleParser.Parking(ref reader, programme)),
        EventTypes.VisitDoor or EventTypes.VisitWifi => Of(SimpleParser.Visit(ref reader, programme)),
        EventTypes.AppOpened or EventTypes.AppViewed or EventTypes.AppCheckin =>
            Of(SimpleParser.App(ref reader)),
        EventTypes.ContentOpened or EventTypes.ContentClicked => Of(SimpleParser.Content(ref reader)),
        EventTypes.MemberRegistered or EventTypes.MemberUpdated => _members.Parse(ref reader),
        _ => Of(_custom.Parse(type, ref reader)),
    };

    private IEnumerable<string> KnownTypes() => KnownEvents.BuiltIn.Except(KnownEvents.Made)
        .Concat(programme.EventTypes.Keys);

    private static ParsedEvent Of(EventData data) => new(data, [], []);

    private static ParsedEvent Refused(InputProblem problem) => new(null, [], [problem]);

    private static string Place(JsonException exception) =>
        FormattableString.Invariant(
            $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
}
