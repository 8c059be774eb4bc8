using MallVip.Grains.Tests.Journal;
using MallVip.Silo.Hosting;

namespace MallVip.System.Tests.Crash;

/// <summary>What keeps a silo from starting, told in a sentence and an exit code.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_process_on_the_same_journal_is_refused_and_the_first_goes_on()
    {
        using var folder = new TempFolder();
        await using var first = await SiloProcess.ServeAsync(folder.Path);

        var (code, said) = await SiloProcess.RefuseAsync(folder.Path);

        Assert.Equal(1, code);
        Assert.Contains("Another process has the journal open", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        using var ready = await first.Http.GetAsync("/readyz");
        Assert.True(ready.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_broken_rule_file_is_named_with_its_line_and_nothing_is_started()
    {
        using var folder = new TempFolder();
        var rules = Directory.CreateDirectory(folder.File("rules")).FullName;
        foreach (var file in Directory.GetFiles(ProgrammeFolder.Demo))
            File.Copy(file, Path.Combine(rules, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(rules, "broken.yaml"), """
            ruleset: broken
            rules:
              typo:
                on: mall.purchase
                when: event.payd > 100
                earn: { wallet: points, amount: "1" }
            """);

        var (code, said) = await SiloProcess.RefuseAsync(folder.File("data"), rules);

        Assert.Equal(2, code);
        Assert.Contains("broken.yaml", said, StringComparison.Ordinal);
        Assert.Matches(@"broken\.yaml\D+5\D", said);
        Assert.Contains("payd", said, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("data/journal.db")));
    }

    [Fact]
    public async Task A_missing_rule_folder_is_named()
    {
        using var folder = new TempFolder();

        var (code, said) = await SiloProcess.RefuseAsync(folder.File("data"), folder.File("nowhere"));

        Assert.Equal(2, code);
        Assert.Contains("nowhere", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_whose_key_is_gone_is_refused_and_left_as_it_is()
    {
        using var folder = new TempFolder();
        await using (await SiloProcess.ServeAsync(folder.Path))
        {
        }

        File.Delete(folder.File("server.key"));
        var (code, said) = await SiloProcess.RefuseAsync(folder.Path);

        Assert.Equal(1, code);
        Assert.Contains("server.key", said, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("server.key")));
    }
}
