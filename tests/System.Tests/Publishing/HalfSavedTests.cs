using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.System.Tests.Publishing;

/// <summary>A rule file that an editor, a full disk or a broken copy has saved in part.</summary>
public sealed class HalfSavedTests
{
    [Fact]
    public async Task Wherever_a_saved_file_breaks_off_the_old_version_stays()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        var before = host.Programmes.Current;
        var whole = PublishingHost.Files(2).Texts["points.yaml"];
        var without = whole.IndexOf("cases:", StringComparison.Ordinal);
        foreach (var length in Enumerable.Range(0, without).Append(without + 5).Append(whole.Length - 3))
        {
            var look = await host.Folder.LookAsync(With(whole[..length]));

            Assert.Equal((length, FolderLook.Refused), (length, look));
            Assert.Same(before, host.Programmes.Current);
            Assert.All(
                host.News.Refused!.Diagnostics, found => Assert.Equal("points.yaml", found.Place.File));
        }

        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(PublishingHost.Files(2)));
        Assert.Null(host.News.Refused);
    }

    [Fact]
    public async Task A_file_that_breaks_off_between_two_rules_is_refused_though_what_is_left_is_valid()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        var whole = PublishingHost.Files(1).Texts["points.yaml"];

        await host.Folder.LookAsync(With(whole[..whole.IndexOf("cases:", StringComparison.Ordinal)]));

        var found = Assert.Single(host.News.Refused!.Diagnostics);
        Assert.Equal(("FILE_CUT_SHORT", 7), (found.Code, found.Place.Line));
    }

    [Fact]
    public async Task A_file_without_cases_that_breaks_off_in_its_last_number_is_refused()
    {
        const string Whole =
            "ruleset: points\nrules:\n  base:\n    on: mall.purchase\n    earn:\n      amount: 1000\n";
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        await host.Desk.PublishAsync(new()
        {
            Version = (await host.Desk.DraftAsync(With(Whole))).Id,
            Call = host.Call(),
        });
        await host.Folder.LookAsync(With(Whole));

        Assert.Equal(FolderLook.Refused, await host.Folder.LookAsync(With(Whole[..^3])));
        Assert.Equal("FILE_CUT_SHORT", Assert.Single(host.News.Refused!.Diagnostics).Code);
        Assert.Equal(
            FolderLook.Published,
            await host.Folder.LookAsync(With(Whole.Replace("1000", "10", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_case_more_or_less_is_no_broken_end()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        var whole = PublishingHost.Files(1).Texts["points.yaml"] + "\n";
        var more = whole + "  - name: two\n    event: { type: mall.purchase, "
            + "time: \"2026-11-21T12:00:00+08:00\", store: noodles, paid: 2 }\n    expect: { points: 2 }\n";

        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(With(more)));
        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(With(whole)));
    }

    private static ProgrammeFiles With(string rules) =>
        ProgrammeFiles.Of(PublishingHost.Files(1).Texts.SetItem("points.yaml", rules));
}
