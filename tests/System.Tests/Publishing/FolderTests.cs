using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.System.Tests.Publishing;

/// <summary>What a silo does when the files in its own folder change.</summary>
public sealed class FolderTests
{
    [Fact]
    public async Task The_first_look_begins_the_history_and_an_edit_is_published()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.RegisterAsync();

        Assert.Equal(FolderLook.Nothing, await host.Folder.LookAsync(PublishingHost.Files(1)));
        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(PublishingHost.Files(2)));
        Assert.Equal(FolderLook.Nothing, await host.Folder.LookAsync(PublishingHost.Files(2)));

        Assert.Equal(2, await host.PointsPerYuanAsync());
        Assert.Equal(
            [PublishedHow.First, PublishedHow.Edited],
            (await host.Desk.HistoryAsync()).Publications.Select(made => made.How));
    }

    [Fact]
    public async Task A_broken_edit_is_refused_once_and_loudly_and_the_old_version_stays()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        var before = host.Programmes.Current;
        var told = new List<ProgrammeNotice>();
        host.News.Told += (_, notice) => told.Add(notice);
        var broken = With(PublishingHost.Files(2), "points.yaml", "ruleset: points\nrules:\n\tbase: {}\n");

        Assert.Equal(FolderLook.Refused, await host.Folder.LookAsync(broken));
        Assert.Equal(FolderLook.Refused, await host.Folder.LookAsync(broken));

        Assert.Same(before, host.Programmes.Current);
        var notice = Assert.Single(told);
        Assert.Equal(("YAML_TAB", 3), (notice.Diagnostics[0].Code, notice.Diagnostics[0].Place.Line));
        Assert.Same(notice, host.News.Refused);

        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(PublishingHost.Files(2)));
        Assert.Null(host.News.Refused);
    }

    [Theory]
    [InlineData("", "YAML_EMPTY")]
    [InlineData("ruleset: points\nrules:\n  ba", "VALUE_MUST_BE_MAP")]
    public async Task A_file_saved_by_half_is_refused(string text, string code)
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));

        await host.Folder.LookAsync(With(PublishingHost.Files(1), "points.yaml", text));

        Assert.Contains(host.News.Refused!.Diagnostics, finding => finding.Code == code);
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused_at_its_first_foreign_byte()
    {
        await using var host = await PublishingHost.StartAsync();
        var files = PublishingHost.Files(1).Texts.Select(pair => KeyValuePair.Create(
            pair.Key, global::System.Text.Encoding.UTF8.GetBytes(pair.Value))).ToList();
        files.Add(new("names.yaml", [.. "ruleset: n\n# "u8, 0xB7, 0xC5]));

        Assert.Equal(FolderLook.Refused, await host.Folder.LookAsync(ProgrammeFiles.Of(files)));

        var finding = Assert.Single(host.News.Refused!.Diagnostics);
        Assert.Equal(("YAML_NOT_UTF8", 2, 3), (finding.Code, finding.Place.Line, finding.Place.Column));
    }

    [Fact]
    public async Task What_was_published_through_the_API_survives_a_restart_with_an_unchanged_folder()
    {
        using var folder = new TempFolder();
        await using (var host = await PublishingHost.StartAsync(SqliteJournal.Open(folder.Path)))
        {
            await host.Folder.LookAsync(PublishingHost.Files(1));
            await host.PublishAsync(5);
        }

        await using var again = await PublishingHost.StartAsync(SqliteJournal.Open(folder.Path));
        var five = again.Programmes.Current.Version;

        Assert.Equal(FolderLook.Nothing, await again.Folder.LookAsync(PublishingHost.Files(1)));
        Assert.Equal(five, again.Programmes.Current.Version);
        Assert.Equal(PublishingHost.Files(5).Version(), five);
    }

    [Fact]
    public async Task An_edit_that_would_undo_a_publish_is_refused_and_taking_it_over_mends_that()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        await host.PublishAsync(5);

        Assert.Equal(FolderLook.Refused, await host.Folder.LookAsync(PublishingHost.Files(2)));
        Assert.Equal("FOLDER_BEHIND", Assert.Single(host.News.Refused!.Diagnostics).Code);
        Assert.Equal(FolderLook.Nothing, await host.Folder.LookAsync(PublishingHost.Files(5)));
        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(PublishingHost.Files(6)));
    }

    [Fact]
    public async Task After_a_rollback_the_mended_files_are_published()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        await host.Folder.LookAsync(PublishingHost.Files(2));
        await host.RollbackAsync(PublishingHost.Files(1).Version());

        Assert.Equal(FolderLook.Nothing, await host.Folder.LookAsync(PublishingHost.Files(2)));
        Assert.Equal(PublishingHost.Files(1).Version(), host.Programmes.Current.Version);
        Assert.Equal(FolderLook.Published, await host.Folder.LookAsync(PublishingHost.Files(3)));
    }

    private static ProgrammeFiles With(ProgrammeFiles files, string path, string text) =>
        ProgrammeFiles.Of(files.Texts.SetItem(path, text));
}
