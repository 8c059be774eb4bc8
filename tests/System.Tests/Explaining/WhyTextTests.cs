using System.Runtime.CompilerServices;
using System.Text;
using MallVip.Client.Explaining;
using MallVip.Rules.Checking;
using MallVip.Rules.Commands;

namespace MallVip.System.Tests.Explaining;

/// <summary>
/// Explanations in words. The golden files <c>why.en.txt</c> and <c>why.zh.txt</c> are what a desk reads;
/// <c>MALLVIP_WRITE_GOLDEN=1</c> writes them anew.
/// </summary>
public class WhyTextTests
{
    [Theory]
    [InlineData(Language.English, "en")]
    [InlineData(Language.Chinese, "zh")]
    public void Every_kind_of_line_reads_as_the_golden_file_says(Language language, string tag)
    {
        var text = new StringBuilder();
        foreach (var (title, story, line) in Scenes())
            text.Append("== ").Append(title).Append('\n')
                .Append(WhyTexts.Details(story.Last, language, line)).Append('\n');

        Hold($"why.{tag}.txt", text.ToString());
    }

    [Fact]
    public void The_example_of_the_description_reads_as_it_says()
    {
        var text = WhyTexts.Summary(Example().Last, Language.English);

        Assert.StartsWith(
            "240 points on 21 Nov 2026 12:00 at Beauty Hall: base 60 = floor(600 / 10) (points.yaml:3); "
            + "beauty-weekend 100, Saturday, beauty, paid 600 >= 500 (points.yaml:12); "
            + "gold-multiplier 80 = floor(160 x 0.5), tier gold (points.yaml:8). Programme version ",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_listings_in_the_documents_are_what_is_printed()
    {
        var doc = File.ReadAllText(Path.Combine(Folder(), "../../../docs/why.md"));

        Assert.Contains(WhyTexts.Details(Example().Last, Language.English), doc, StringComparison.Ordinal);
        Assert.Contains(WhyTexts.Details(Example().Last, Language.Chinese), doc, StringComparison.Ordinal);
        foreach (var (_, story, line) in Scenes().Where((_, i) => i is 3 or 5 or 6 or 7 or 8 or 10))
            Assert.Contains(
                WhyTexts.Details(story.Last, Language.English, line), doc, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_phrases()
    {
        Assert.Equal(
            Phrases.English.All.Keys.Order(StringComparer.Ordinal),
            Phrases.Chinese.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(Phrases.English.All, phrase => Assert.Equal(
            Places(phrase.Value), Places(Phrases.Chinese.All[phrase.Key])));
    }

    private static IEnumerable<(string Title, Story Story, int? Line)> Scenes()
    {
        yield return ("A purchase of a gold member on a Saturday", Example(), null);
        yield return ("Its third line alone", Example(), 3);
        yield return ("The second one of the day, on the same terms",
            Example().Buys("beauty-hall", 600, "A2", "2026-11-21T13:00"), null);
        yield return ("Half of the first comes back",
            Example().Returns("beauty-hall", 300, "A1", "2026-11-22T12:00"), null);
        yield return ("A purchase that earns nothing",
            Example().Buys("fresh", 80, "A2", "2026-11-23T12:00"), null);
        yield return ("A purchase that makes a tier and a tag",
            new Story("silver", "2026-01-01T09:00").Buys("coat", 20000, "A1", "2026-03-01T12:00"), null);
        yield return ("Points used at the desk", Example().Do(
            new MemberCommand.Spend("points", new(150), "umbrella"), "2026-11-24T10:00"), null);
        yield return ("A correction by hand", Example().Do(
            new MemberCommand.Adjust("points", new(50), "till was broken", null), "2026-11-24T10:00"), null);
        yield return ("Points that lapse", Example().Do(
            new MemberCommand.Spend("points", new(70), "umbrella"), "2026-11-24T10:00").Do(
            new MemberCommand.FireDue(), "2027-12-01T00:00"), null);
        yield return ("A tag by hand", Example().Do(
            new MemberCommand.AddTag("vip", null, "friend of the mall"), "2026-11-24T10:00"), null);
        yield return ("Offers of which only some count, and what rules ask others for", Offers(), null);
        yield return ("The coupon among them", Offers(), 3);
    }

    private static Story Offers() => new Story("gold", "2026-11-01T09:00", Story.Offers)
        .Buys("beauty-hall", 600, "A1", "2026-11-21T12:00");

    private static Story Example() =>
        new Story("gold", "2026-11-01T09:00").Buys("beauty-hall", 600, "A1", "2026-11-21T12:00");

    private static IEnumerable<string> Places(string phrase) =>
        phrase.Split('{').Skip(1).Select(part => part[..part.IndexOf('}')]).Order(StringComparer.Ordinal);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static void Hold(string name, string text)
    {
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("MALLVIP_WRITE_GOLDEN") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
