using System.Text;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;

namespace MallVip.System.Tests.Publishing;

/// <summary>Which of several publishes decides, and when.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_those_that_have_taken_effect_the_one_published_last_decides()
    {
        var history = Of(("a", 0, 0), ("christmas", 1, 240), ("sale", 2, 720));

        Assert.Equal("a", InForce(history, 239));
        Assert.Equal("christmas", InForce(history, 240));
        Assert.Equal("sale", InForce(history, 720));
        Assert.Null(history.InForceAt(Noon.AddSeconds(-1)));
        Assert.Equal(["christmas", "sale"], Waiting(history, 3));
        Assert.Equal(["sale"], Waiting(history, 240));
    }

    [Fact]
    public void A_publish_withdraws_what_was_to_take_effect_at_its_instant_or_later()
    {
        var history = Of(("a", 0, 0), ("christmas", 1, 240), ("sale", 2, 720), ("fix", 3, 3));

        Assert.Empty(Waiting(history, 4));
        Assert.Equal("fix", InForce(history, 9_999));
        Assert.Equal(
            [PublicationState.Past, PublicationState.Withdrawn, PublicationState.Withdrawn,
                PublicationState.InForce],
            history.Publications.Select(made => history.StateAt(made, Noon.AddHours(9_999))));
    }

    [Fact]
    public void What_has_been_in_force_is_past_and_not_withdrawn()
    {
        var history = Of(("a", 0, 0), ("b", 1, 5), ("c", 9, 9));

        Assert.Equal(PublicationState.Past, history.StateAt(history.Publications[1], Noon.AddHours(10)));
        Assert.Equal(PublicationState.Waiting, history.StateAt(history.Publications[1], Noon.AddHours(2)));
    }

    [Fact]
    public void The_body_of_an_entry_is_as_it_was_first_written()
    {
        const string Golden =
            """{"v":1,"facts":[{"f":"published","version":"v2","parent":"v1","how":"rolled-back","effectiveAt":"2026-11-21T12:00:00+00:00","note":"why"}]}""";
        var body = new ProgrammeBody(
            1, [new ProgrammeFact.Published("v2", "v1", PublishedHow.RolledBack, Noon, "why")]);

        Assert.Equal(Golden, Encoding.UTF8.GetString(body.ToJson()));
        Assert.Equal(
            Assert.Single(body.Facts),
            Assert.Single(ProgrammeBody.Parse(Encoding.UTF8.GetBytes(Golden)).Facts));
        Assert.Throws<JournalDamagedException>(
            () => ProgrammeBody.Parse("""{"v":2,"facts":[]}"""u8.ToArray()));
        Assert.Throws<JournalDamagedException>(() => ProgrammeBody.Parse("nonsense"u8.ToArray()));
    }

    [Fact]
    public void The_dates_of_what_rules_wait_for_are_written_with_the_publish()
    {
        const string Golden =
            """{"v":1,"facts":[{"f":"published","version":"v2","how":"published","effectiveAt":"2026-11-21T12:00:00+00:00","timed":{"member.inactive(60d)":null,"tier.ending(9d)":"2026-11-21T12:00:00+00:00"}}]}""";
        var dates = TimedDates.First(["member.inactive(60d)", "points.expiring(7d)"])
            .Next(["tier.ending(9d)", "member.inactive(60d)"], Noon);
        var fact = new ProgrammeFact.Published("v2", null, PublishedHow.Published, Noon, null)
        {
            Timed = dates.Since,
        };

        Assert.Equal(Golden, Encoding.UTF8.GetString(new ProgrammeBody(1, [fact]).ToJson()));
        var read = Assert.Single(ProgrammeBody.Parse(Encoding.UTF8.GetBytes(Golden)).Facts);
        Assert.Equal(dates, ProgrammeHistory.Empty.Apply(read, "anna", Noon).Head!.Timed);
    }

    private static string? InForce(ProgrammeHistory history, int hour) =>
        history.InForceAt(Noon.AddHours(hour))?.Version;

    private static IEnumerable<string> Waiting(ProgrammeHistory history, int hour) =>
        history.WaitingAt(Noon.AddHours(hour)).Select(made => made.Version);

    private static ProgrammeHistory Of(params (string Version, int At, int Effective)[] made)
    {
        var history = ProgrammeHistory.Empty;
        foreach (var (version, at, effective) in made)
            history = history.Apply(
                new ProgrammeFact.Published(
                    version, history.Head?.Version, PublishedHow.Published, Noon.AddHours(effective), null),
                "anna", Noon.AddHours(at));
        return history;
    }
}
