// The type checker for a tree of scripts: like Studio, it resolves `require` by instances and knows `script`.

#include "Luau/Ast.h"
#include "Luau/BuiltinDefinitions.h"
#include "Luau/Common.h"
#include "Luau/Config.h"
#include "Luau/ConfigResolver.h"
#include "Luau/Error.h"
#include "Luau/ExperimentalFlags.h"
#include "Luau/FileResolver.h"
#include "Luau/Frontend.h"
#include "Luau/Linter.h"

#include <cstring>
#include <map>
#include <optional>
#include <string>

namespace
{

struct Script
{
    std::string source;
    Luau::SourceCode::Type kind;
    /** The type of the global `script` in it. */
    std::string typeName;
};

/** Names of modules are paths of instances, `ServerScriptService/Auxvyn/Client`; the DataModel is the empty path. */
struct Tree : Luau::FileResolver, Luau::ConfigResolver
{
    std::map<std::string, Script> scripts;
    /** Studio's: nonstrict, unless a script says `--!strict`. */
    Luau::Config config;

    Tree()
    {
        config.mode = Luau::Mode::Nonstrict;
    }

    std::optional<Luau::SourceCode> readSource(const Luau::ModuleName& name) override
    {
        auto found = scripts.find(name);
        if (found == scripts.end())
            return std::nullopt;
        return Luau::SourceCode{found->second.source, found->second.kind};
    }

    std::optional<Luau::ModuleInfo> resolveModule(
        const Luau::ModuleInfo* context, Luau::AstExpr* expr, const Luau::TypeCheckLimits&) override
    {
        if (auto* global = expr->as<Luau::AstExprGlobal>())
        {
            if (global->name == "script")
                return Luau::ModuleInfo{context->name};
            if (global->name == "game")
                return Luau::ModuleInfo{""};
            return std::nullopt;
        }
        if (context == nullptr)
            return std::nullopt;
        if (auto* index = expr->as<Luau::AstExprIndexName>())
            return index->index == "Parent" ? parent(context->name) : child(context->name, index->index.value);
        if (auto* index = expr->as<Luau::AstExprIndexExpr>())
            return child(context->name, index->index);
        if (auto* call = expr->as<Luau::AstExprCall>(); call && call->self && call->args.size > 0)
        {
            auto* method = call->func->as<Luau::AstExprIndexName>();
            if (method->index == "GetService" || method->index == "WaitForChild" || method->index == "FindFirstChild")
                return child(context->name, call->args.data[0]);
        }
        return std::nullopt;
    }

    const Luau::Config& getConfig(const Luau::ModuleName&, const Luau::TypeCheckLimits&) const override
    {
        return config;
    }

private:
    static Luau::ModuleInfo child(const std::string& path, const std::string& name)
    {
        return Luau::ModuleInfo{path.empty() ? name : path + "/" + name};
    }

    static std::optional<Luau::ModuleInfo> child(const std::string& path, Luau::AstExpr* name)
    {
        auto* literal = name->as<Luau::AstExprConstantString>();
        if (literal == nullptr)
            return std::nullopt;
        return child(path, std::string(literal->value.data, literal->value.size));
    }

    static Luau::ModuleInfo parent(const std::string& path)
    {
        size_t slash = path.rfind('/');
        return Luau::ModuleInfo{slash == std::string::npos ? std::string() : path.substr(0, slash)};
    }
};

/** As in Luau's own command line: what is no experiment any more is on. */
void turnOnFlags()
{
    for (Luau::FValue<bool>* flag = Luau::FValue<bool>::list; flag != nullptr; flag = flag->next)
        if (strncmp(flag->name, "Luau", 4) == 0 && !Luau::isAnalysisFlagExperimental(flag->name))
            flag->value = true;
}

struct Checker
{
    Tree tree;
    Luau::Frontend frontend;

    Checker()
        : frontend(&tree, &tree, options())
    {
        frontend.setLuauSolverMode(Luau::SolverMode::New);
        Luau::unfreeze(frontend.globals.globalTypes);
        Luau::registerBuiltinGlobals(frontend, frontend.globals);
        Luau::freeze(frontend.globals.globalTypes);
        frontend.prepareModuleScope = [this](const Luau::ModuleName& name, const Luau::ScopePtr& scope, bool) {
            auto script = tree.scripts.find(name);
            if (script == tree.scripts.end())
                return;
            auto type = frontend.globals.globalScope->lookupType(script->second.typeName);
            if (type)
                scope->bindings[frontend.globals.globalNames.names->getOrAdd("script")] = Luau::Binding{type->type};
        };
    }

    static Luau::FrontendOptions options()
    {
        Luau::FrontendOptions options;
        options.runLintChecks = true;
        return options;
    }
};

using Report = void (*)(void* list, const char* file, uint32_t line, uint32_t column, bool isError, const char* message);

void report(Report add, void* list, const std::string& file, const Luau::Location& at, bool isError, const std::string& text)
{
    add(list, file.c_str(), at.begin.line + 1, at.begin.column + 1, isError, text.c_str());
}

} // namespace

extern "C" Checker* checker_new()
{
    turnOnFlags();
    return new Checker();
}

extern "C" void checker_free(Checker* checker)
{
    delete checker;
}

/** Strings end with a zero. Reports errors in the definitions themselves. */
extern "C" void checker_define(Checker* checker, const char* definitions, Report add, void* list)
{
    Luau::Frontend& frontend = checker->frontend;
    Luau::unfreeze(frontend.globals.globalTypes);
    auto result = frontend.loadDefinitionFile(
        frontend.globals, frontend.globals.globalScope, definitions, "definitions", /* captureComments */ false);
    Luau::freeze(frontend.globals.globalTypes);
    for (const auto& error : result.parseResult.errors)
        report(add, list, "definitions", error.getLocation(), true, error.getMessage());
    if (result.module)
        for (const auto& error : result.module->errors)
            report(add, list, "definitions", error.location, true, Luau::toString(error));
}

extern "C" void checker_add(Checker* checker, const char* path, const char* source, bool isModule, const char* typeName)
{
    checker->tree.scripts[path] =
        Script{source, isModule ? Luau::SourceCode::Module : Luau::SourceCode::Script, typeName};
}

/** Reports errors and lint warnings of all scripts. */
extern "C" void checker_run(Checker* checker, Report add, void* list)
{
    for (const auto& [path, script] : checker->tree.scripts)
    {
        checker->frontend.check(path);
        // Without those of the modules that it requires.
        auto result = checker->frontend.getCheckResult(path, /* accumulateNested */ false);
        if (!result)
        {
            report(add, list, path, {}, true, "could not be checked");
            continue;
        }
        for (const auto& error : result->errors)
            report(add, list, path, error.location, true, Luau::toString(error));
        for (const auto& lint : result->lintResult.errors)
            report(add, list, path, lint.location, true, lint.text);
        for (const auto& lint : result->lintResult.warnings)
            report(add, list, path, lint.location, false, lint.text);
        for (const auto& timeout : result->timeoutHits)
            report(add, list, path, {}, true, "took too long to check: " + timeout);
    }
}
