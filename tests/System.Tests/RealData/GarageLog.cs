using System.Globalization;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.RealData;

/// <summary>A stay of the garage log, as the CSV file has it.</summary>
/// <param name="Out">Null: nobody saw the car leave.</param>
internal sealed record Stay(string Id, string Garage, string User, DateTime In, DateTime? Out)
{
    public static IReadOnlyList<Stay> ReadAll() =>
        [.. from line in File.ReadLines(DataFactAttribute.Path("parking/garage_sessions_ev_residential.csv")).Skip(1)
            let row = line.Split(',')
            select new Stay(row[0], row[1], row[2], Time(row[5]), row[6].Length == 0 ? null : Time(row[6]))];

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>
/// How each stay of a car ends by the rules for parking, worked out a second time with no code of the engine.
/// At one instant: exits of open sessions, entries, exits of those entries.
/// </summary>
internal sealed class GarageBook
{
    private Stay? _inside;

    public List<(string Session, string How)> Listed { get; } = [];

    public Stay? StillInside => _inside;

    /// <summary>Entries, and exits that ended a stay, in their order.</summary>
    public List<(DateTime At, bool Entry)> Happened { get; } = [];

    public static GarageBook Of(IEnumerable<Stay> staysOfOneCar)
    {
        var book = new GarageBook();
        foreach (var (stay, entry) in Steps([.. staysOfOneCar]))
        {
            if (entry)
                book.Enter(stay);
            else
                book.Leave(stay);
        }

        return book;
    }

    /// <summary>OrderBy is stable, so that what is equal keeps the order of the file.</summary>
    private static IEnumerable<(Stay Stay, bool Entry)> Steps(Stay[] stays)
    {
        var entries = stays.Select(stay => (Stay: stay, Entry: true, At: stay.In, Rank: 1));
        var exits = stays.Where(stay => stay.Out is not null)
            .Select(stay => (Stay: stay, Entry: false, At: stay.Out!.Value, Rank: stay.In == stay.Out ? 2 : 0));
        return entries.Concat(exits).OrderBy(step => step.At).ThenBy(step => step.Rank)
            .Select(step => (step.Stay, step.Entry));
    }

    private void Enter(Stay stay)
    {
        if (_inside is { } open)
            Listed.Add((open.Id, "exit-missing"));
        _inside = stay;
        Happened.Add((stay.In, true));
    }

    private void Leave(Stay stay)
    {
        if (_inside == stay)
        {
            Listed.Add((stay.Id, "exit"));
            Happened.Add((stay.Out!.Value, false));
            _inside = null;
        }
        else
        {
            Listed.Add((stay.Id, "late"));
        }
    }
}
