using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Tests.Programmes;

public class HostileFileTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Whatever_stands_in_a_file_the_loader_answers_with_findings_in_it(int seed)
    {
        var random = new Random(seed);
        var rules = File.ReadAllText(Path.Combine(Library.Folder, "demo", "points.yaml"));
        var loader = new ProgrammeLoader();
        for (var n = 0; n < 60; n++)
        {
            var files = n % 2 == 0
                ? Small.Files(Broken(rules, random))
                : Small.Files("ruleset: t", Broken(Small.Declarations, random));
            var result = loader.Load(files);

            Assert.True(result.Programme is not null || result.Diagnostics.Length > 0);
            Assert.All(result.Diagnostics, found => Assert.InRange(found.Place.Line, 1, 400));
            Assert.All(result.Diagnostics, found => Assert.True(found.Place.Column >= 1));
        }
    }

    private static string Broken(string text, Random random)
    {
        const string Alphabet = "{}[]:,\"'#&*!|>-\n \t%@`?aZ0é中\u0000\ud83d";
        var letters = text.ToCharArray().ToList();
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(letters.Count);
            switch (random.Next(3))
            {
                case 0:
                    letters[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 1:
                    letters.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                default:
                    letters.RemoveRange(at, Math.Min(random.Next(1, 40), letters.Count - at));
                    break;
            }
        }

        return new(letters.ToArray());
    }
}
