using System.CommandLine;
using MallVip.Silo.Hosting.Journals;

namespace MallVip.Silo.Commands;

/// <summary>Options that several verbs have, each made anew for its verb.</summary>
public static class SharedOptions
{
    public static Option<string> Rules() =>
        new("--rules") { DefaultValueFactory = _ => Hosting.ProgrammeFolder.Demo };

    public static Option<string> Data() => new("--data") { DefaultValueFactory = _ => "data" };

    /// <summary>The folder that was asked for; when none was, what is configured.</summary>
    public static JournalChoice Journal(ParseResult parsed, Option<string> data) =>
        parsed.GetResult(data) is { Implicit: false }
            ? JournalChoice.InFolder(parsed.GetValue(data)!)
            : JournalChoice.Of(JournalSettings.Load(), parsed.GetValue(data)!);

    public static Option<bool> Json() => new("--json");

    public static Option<int> Seed() => new("--seed") { DefaultValueFactory = _ => 1 };
}
