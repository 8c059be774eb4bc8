using System.Text.Json.Nodes;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Checking.Shapes;

/// <summary>
/// What may stand at a place in a file. One table of shapes checks the files, and is written out as the JSON
/// Schema that editors complete from: the two cannot differ.
/// </summary>
internal abstract class Shape
{
    /// <summary>
    /// Adds a finding for everything that does not fit; readers may then take what fits and skip the rest.
    /// </summary>
    public abstract void Check(YamlNode node, Findings findings);

    /// <summary>The shape as a JSON Schema (draft 2020-12) of a new object.</summary>
    public abstract JsonObject ToSchema();
}
