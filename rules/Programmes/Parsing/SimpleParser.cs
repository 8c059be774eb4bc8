using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>The events with a handful of texts.</summary>
internal static class SimpleParser
{
    private static readonly FieldNames ParkingFields = new("lot", "plate", "session", "vehicle");
    private static readonly FieldNames VisitFields = new("mall", "place");
    private static readonly FieldNames AppFields = new("page", "place");
    private static readonly FieldNames ContentFields = new("content", "channel");

    public static ParkingData Parking(ref DataReader reader, Programme programme)
    {
        string? lot = null, plate = null, session = null, vehicle = null;
        uint seen = 0;
        while (reader.NextField(ParkingFields, ref seen, out var field))
        {
            switch (field)
            {
                case 0: lot = Declared(ref reader, "INPUT_LOT_UNKNOWN", programme.ParkingLots.Keys); break;
                case 1: plate = reader.Personal("plate"); break;
                case 2: session = reader.Text(); break;
                default: vehicle = reader.Text(); break;
            }
        }

        reader.Require(ParkingFields, seen, 2);
        return new(lot ?? "", plate ?? "", session, vehicle);
    }

    public static VisitData Visit(ref DataReader reader, Programme programme)
    {
        string? mall = null, place = null;
        uint seen = 0;
        while (reader.NextField(VisitFields, ref seen, out var field))
        {
            if (field == 0)
                mall = Declared(ref reader, "INPUT_MALL_UNKNOWN", programme.Malls.Keys);
            else
                place = reader.Text();
        }

        reader.Require(VisitFields, seen, 1);
        return new(mall ?? "", place);
    }

    public static AppData App(ref DataReader reader)
    {
        string? page = null, place = null;
        uint seen = 0;
        while (reader.NextField(AppFields, ref seen, out var field))
        {
            if (field == 0)
                page = reader.Text();
            else
                place = reader.Text();
        }

        return new(page, place);
    }

    public static ContentData Content(ref DataReader reader)
    {
        string? content = null, channel = null;
        uint seen = 0;
        while (reader.NextField(ContentFields, ref seen, out var field))
        {
            if (field == 0)
                content = reader.Text();
            else
                channel = reader.Text();
        }

        reader.Require(ContentFields, seen, 1);
        return new(content ?? "", channel);
    }

    private static string? Declared(ref DataReader reader, string code, IReadOnlyCollection<string> known)
    {
        var text = reader.Text();
        if (text is not null && !known.Contains(text, StringComparer.Ordinal))
            reader.NoteUnknownValue(code, text, known);
        return text;
    }
}
