using System.Text.Json;

namespace MallVip.Silo.Import.Running;

/// <summary>Keeps an <see cref="ImportState"/>; without a path it keeps nothing.</summary>
internal sealed class StateFile(string? path)
{
    /// <summary>The state of an earlier run over the same input; null when there is none.</summary>
    /// <exception cref="ImportFileException">The file is no state file: it is not overwritten.</exception>
    public ImportState? Load(string run)
    {
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(path), ImportJson.Default.ImportState);
            return state?.Run == run ? state : null;
        }
        catch (JsonException error)
        {
            throw new ImportFileException($"{path} is not a state file of an import: {error.Message}");
        }
    }

    /// <summary>Replaces the file at once, so that a crash leaves the old or the new one.</summary>
    public void Save(ImportState state)
    {
        if (path is null)
            return;
        var fresh = path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(state, ImportJson.Default.ImportState));
        File.Move(fresh, path, overwrite: true);
    }
}
