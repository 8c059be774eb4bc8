using System.CommandLine;

namespace MallVip.Silo.Commands;

/// <summary>Options that several verbs have, each made anew for its verb.</summary>
public static class SharedOptions
{
    public static Option<string> Rules() =>
        new("--rules") { DefaultValueFactory = _ => Hosting.ProgrammeFolder.Demo };

    public static Option<string> Data() => new("--data") { DefaultValueFactory = _ => "data" };

    public static Option<bool> Json() => new("--json");

    public static Option<int> Seed() => new("--seed") { DefaultValueFactory = _ => 1 };
}
