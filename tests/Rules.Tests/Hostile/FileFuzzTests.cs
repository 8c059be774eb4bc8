using System.Diagnostics;
using System.Globalization;
using System.Text;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Hostile;

/// <summary>
/// The shipped programmes with spoilt files. <c>MALLVIP_FUZZ_ROUNDS</c> asks for more rounds; a failure names
/// its seed.
/// </summary>
public class FileFuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int Rounds => int.Parse(
        Environment.GetEnvironmentVariable("MALLVIP_FUZZ_ROUNDS") ?? "40", CultureInfo.InvariantCulture);

    public static TheoryData<string, int> Programmes
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Library.Names)
                for (var seed = 1; seed <= 3; seed++)
                    data.Add(name, seed);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programmes))]
    public void Spoilt_files_are_answered_with_findings_in_them_and_never_with_an_exception(
        string name, int seed)
    {
        var loader = new ProgrammeLoader();
        var files = Files(name);
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random((seed * 1_000_003) + round);
            var spoilt = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
            foreach (var path in files.Keys.Order(StringComparer.Ordinal).Where(_ => random.Next(4) == 0))
                spoilt[path] = FileMutation.Spoil(files[path], random);
            try
            {
                AssertAnswered(loader, spoilt);
            }
            catch (Exception failure)
            {
                var what = $"{name}, seed {seed}, round {round}";
                throw new InvalidOperationException(what, failure);
            }
        }
    }

    private static void AssertAnswered(ProgrammeLoader loader, Dictionary<string, byte[]> files)
    {
        var watch = Stopwatch.StartNew();
        var result = loader.Load(ProgrammeFiles.Of(files));

        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
        Assert.Equal(result.Programme is null, result.Diagnostics.Any(one => one.Severity == Severity.Error));
        Assert.All(result.Diagnostics, found => AssertWhole(found, files));
        if (result.Programme is { } programme)
            Play(programme);
    }

    /// <summary>What was let through decides events, whatever it says.</summary>
    private static void Play(Programme programme)
    {
        var shopper = new Shopper(programme) { Run = true };
        foreach (var store in programme.Stores.Keys.Order(StringComparer.Ordinal).Take(2).DefaultIfEmpty("x"))
        {
            shopper.Buys(store, 600);
            shopper.Buys(store, 25_000);
        }

        shopper.Wait("2028-03-01T12:00").Fires();
        shopper.Buys("nowhere", 0);
    }

    private static void AssertWhole(Diagnostic found, Dictionary<string, byte[]> files)
    {
        Assert.Contains(found.Code, Texts.Of(Language.English).Codes);
        foreach (var language in (Language[])[Language.English, Language.Chinese])
        {
            Assert.NotEmpty(found.Message(language));
            Assert.DoesNotContain("HINT_", found.Hint(language) ?? "", StringComparison.Ordinal);
        }

        var lines = Encoding.UTF8.GetString(files[found.Place.File]).Split('\n');
        Assert.InRange(found.Place.Line, 1, lines.Length);
        Assert.InRange(found.Place.Column, 1, lines[found.Place.Line - 1].Length + 1);
    }

    private static Dictionary<string, byte[]> Files(string name)
    {
        var folder = Path.Combine(Library.Folder, name);
        return Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(folder, path).Replace('\\', '/'), Path: path))
            .Where(file => ProgrammeFiles.Belongs(file.Name))
            .ToDictionary(file => file.Name, file => File.ReadAllBytes(file.Path), StringComparer.Ordinal);
    }
}
