using System.CommandLine;

namespace MallVip.Silo.Commands;

/// <summary>Options that several verbs have, each made anew for its verb.</summary>
public static class SharedOptions
{
    public static Option<string> Rules() => new("--rules")
    {
        Description = "Folder of the programme (programme.yaml and rule files). Default: the demo programme.",
        DefaultValueFactory = _ => Hosting.ProgrammeFolder.Demo,
    };

    public static Option<string> Data() => new("--data")
    {
        Description = "Folder of the journal; made at the first start. Default: ./data.",
        DefaultValueFactory = _ => "data",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for scripts." };

    public static Option<int> Seed() => new("--seed")
    {
        Description = "Seed of everything random; the same seed makes the same events. Default: 1.",
        DefaultValueFactory = _ => 1,
    };
}
