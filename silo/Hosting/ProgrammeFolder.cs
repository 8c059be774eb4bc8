using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting;

/// <summary>Loads a programme's folder for a command, and tells the operator what is wrong with it.</summary>
public static class ProgrammeFolder
{
    /// <summary>The programme that ships with MallVip.</summary>
    public static string Demo => Path.Combine(AppContext.BaseDirectory, "library", "demo");

    /// <summary>Null: the diagnostics on <paramref name="errors"/> say why.</summary>
    public static Programme? Load(string folder, TextWriter errors)
    {
        var result = Read(folder, errors);
        if (result is null || result.Programme is not null)
            return result?.Programme;
        Refuse(result, folder, errors);
        return null;
    }

    /// <summary>Tells what is wrong with a folder's programme; answers the exit code, 2.</summary>
    public static int Refuse(ProgrammeResult result, string folder, TextWriter errors)
    {
        foreach (var diagnostic in result.Diagnostics)
            errors.WriteLine(DiagnosticText.Line(diagnostic));
        errors.WriteLine(ConsoleText.Current.Format("rules.unusable", folder));
        return 2;
    }

    /// <summary>All files of a folder and its subfolders that belong to a programme.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ProgrammeFiles Files(string folder)
    {
        if (!Directory.Exists(folder))
            return ProgrammeFiles.Missing(folder);
        return ProgrammeFiles.Of(
            from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(folder, path).Replace('\\', '/')
            where ProgrammeFiles.Belongs(name)
            select KeyValuePair.Create(name, File.ReadAllBytes(path)));
    }

    /// <summary>Null: the folder cannot be read, and <paramref name="errors"/> says why.</summary>
    public static ProgrammeResult? Read(string folder, TextWriter errors)
    {
        try
        {
            return new ProgrammeLoader().Load(Files(folder));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(ConsoleText.Current.Format("rules.unreadable", folder, failure.Message));
            return null;
        }
    }
}
