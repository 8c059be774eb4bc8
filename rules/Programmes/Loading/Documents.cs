using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The files of a programme as checked maps, told apart by what they hold.</summary>
internal sealed class Documents
{
    private readonly List<YamlMap> _storeFiles = [];
    private readonly List<(string Path, YamlMap Map)> _ruleFiles = [];
    private readonly System.Text.StringBuilder _declarationText = new();

    public Documents(ProgrammeFiles files, Findings findings)
    {
        if (!files.Texts.ContainsKey(ProgrammeLoader.MainFile) && files.Unreadable.IsEmpty)
            findings.Error(new(ProgrammeLoader.MainFile, 1, 1), "PROGRAMME_MISSING");
        foreach (var (path, text) in files.Texts)
            if (YamlReader.Read(path, text, findings) is { } map)
                Add(path, text, map, findings);
    }

    /// <summary>Null: it is missing or cannot be read; a finding says so.</summary>
    public YamlMap? Main { get; private set; }

    public IReadOnlyList<YamlMap> StoreFiles => _storeFiles;

    /// <summary>By path, ordinal.</summary>
    public IReadOnlyList<(string Path, YamlMap Map)> RuleFiles => _ruleFiles;

    /// <summary>
    /// All text that declares something; when it is unchanged, so is the language of the expressions.
    /// </summary>
    public string DeclarationText => _declarationText.ToString();

    private void Add(string path, string text, YamlMap map, Findings findings)
    {
        if (path is ProgrammeLoader.MainFile)
        {
            ProgrammeFormat.Programme.Check(map, findings);
            Main = map;
            _declarationText.Append(text).Append('\0');
        }
        else if (map.Entry("ruleset") is null && map.Entry("stores") is not null)
        {
            ProgrammeFormat.StoreFile.Check(map, findings);
            _storeFiles.Add(map);
            _declarationText.Append(text).Append('\0');
        }
        else
        {
            RuleFormat.File.Check(map, findings);
            _ruleFiles.Add((path, map));
        }
    }
}
